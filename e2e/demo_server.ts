import { sql } from "drizzle-orm";
import { type Config, readConfig } from "../config.ts";
import type { Database } from "../db/client.ts";
import { purposes } from "../demo/cast.ts";
import { outboxSender } from "../jobs/outbox.ts";
import { mail } from "../jobs/sweep.ts";
import { seed } from "../tasks/seed.ts";
import { clockAt } from "./clock.ts";
import { temporaryDatabase } from "./database.ts";
import { startWeb, type Web } from "./web.ts";

export interface DemoServer {
  url: string;
  db: Database;
  config: Config;
  app: Web["app"];
  /** Composes and sends everything that is owed. */
  mail(): Promise<void>;
  /** Leaves something in the database that no page foresees. */
  breakDown(): Promise<void>;
  close(): Promise<void>;
}

/** The demo as `deno task demo` serves it, on a free port and a database of its own. */
export async function startDemo(
  now: number,
  environment: Record<string, string> = {},
): Promise<DemoServer> {
  const { db, close, ...place } = await temporaryDatabase();
  await seed(db, { accounts: 0, now });
  const env = {
    BASE_URL: "http://localhost:8000",
    SECRET_KEY: "the secret of these tests, long enough",
    SUPPORT_EMAIL: "support@callboard.example",
    ...environment,
  };
  const config = readConfig(env, "demo");
  const clock = clockAt(now);
  const sendEmail = outboxSender(db, {
    from: config.mailFrom,
    mailDomain: "localhost",
    now: () => now,
  });
  const web = await startWeb({ db, config, sendEmail, purposes }, {
    ...{ clock, env, mode: "demo", database: place },
  });
  return {
    url: web.listen(),
    ...{ db, config, app: web.app },
    mail: async () => void await mail({ ...config, db, sendEmail, now: () => now, report: fail }),
    breakDown: async () => void await db.run(sql`UPDATE users SET roles = 'nothing'`),
    close: async () => {
      await web.stop();
      await close();
    },
  };
}

function fail(what: string, error: unknown): never {
  throw new Error(`${what} failed`, { cause: error });
}
