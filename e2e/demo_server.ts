import { type Config, type Environment, readConfig } from "../config.ts";
import type { Database } from "../db/client.ts";
import { purposes } from "../demo/cast.ts";
import { outboxSender } from "../jobs/outbox.ts";
import { mail } from "../jobs/sweep.ts";
import { createApp } from "../routes/app.tsx";
import { seed } from "../tasks/seed.ts";
import { temporaryDatabase } from "./database.ts";

export interface DemoServer {
  url: string;
  db: Database;
  config: Config;
  app: ReturnType<typeof createApp>;
  /** Composes and sends everything that is owed. */
  mail(): Promise<void>;
  /** Takes the database away, so that every page that asks it fails. */
  breakDown(): void;
  close(): Promise<void>;
}

/** The demo as `deno task demo` serves it, on a free port and a database of its own. */
export async function startDemo(now: number, environment: Environment = {}): Promise<DemoServer> {
  const { db, close } = await temporaryDatabase();
  await seed(db, { accounts: 0, now });
  const config = readConfig({
    SECRET_KEY: "the secret of these tests, long enough",
    SUPPORT_EMAIL: "support@callboard.example",
    ...environment,
  }, "demo");
  const clock = () => now;
  const sendEmail = outboxSender(db, {
    from: config.mailFrom,
    mailDomain: "localhost",
    now: clock,
  });
  const app = createApp({
    ...{ db, config, now: clock, dispatch: () => {}, sendEmail, purposes },
    // Whatever goes wrong is seen on the page.
    report: () => {},
  });
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, app.fetch);
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    db,
    config,
    app,
    mail: async () => void await mail({ ...config, db, sendEmail, now: clock, report: fail }),
    breakDown: () => db.$client.close(),
    close: async () => {
      await server.shutdown();
      await close();
    },
  };
}

function fail(what: string, error: unknown): never {
  throw new Error(`${what} failed`, { cause: error });
}
