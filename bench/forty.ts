import { eq } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { notifications } from "../db/schema.ts";
import { createSession } from "../db/sessions.ts";
import { completeForty } from "../e2e/forty_notifications.ts";
import { createApp } from "../routes/app.tsx";
import { seed } from "../tasks/seed.ts";

/** Now, for the benches of the web. */
export const now = Date.parse("2026-11-20T09:30:00Z");

/** Who has forty notifications. */
export const reader = "marcus-okafor";

/** Puts the cast and its month into an empty database; resolves to a session of somebody with forty notifications. */
export async function furnish(db: Database, at = now): Promise<string> {
  await seed(db, { accounts: 0, now: at });
  await completeForty(db, reader, at);
  await db.update(notifications).set({ mutedAt: null }).where(eq(notifications.userId, reader));
  return await createSession(db, reader, at);
}

/** The web on a database. */
export function webOn(db: Database) {
  return createApp({
    db,
    config: {
      ...{ baseUrl: "http://localhost:8000", mailDomain: "localhost" },
      ...{ secretKey: "s".repeat(32), demo: false },
    },
    now: () => now,
    dispatch: () => {},
    sendEmail: () => Promise.reject(new Error("Nothing is sent here")),
    report: (what, problem) => {
      throw new Error(what, { cause: problem });
    },
  });
}

interface Web {
  fetch(request: Request): Response | Promise<Response>;
}

/** Asks for a page in a session and reads it to its last byte; throws where it is not the page. */
export async function read(
  web: Web,
  path: string,
  session: string,
  init: { method?: string; headers?: HeadersInit; body?: BodyInit } = {},
): Promise<string> {
  const headers = { cookie: `session=${session}`, ...init.headers };
  const response = await web.fetch(
    new Request(`http://localhost:8000${path}`, { ...init, headers }),
  );
  const text = await response.text();
  if (response.status !== 200) {
    throw new Error(`Cannot measure: ${path} answered ${response.status}`);
  }
  return text;
}
