import { CloudEvent, CONSTANTS, emitterFor, HTTP, Mode } from "cloudevents";
import { createAccounts } from "../db/accounts.ts";
import { createApiKey } from "../db/api_keys.ts";
import type { Database } from "../db/client.ts";
import { deactivateUser } from "../db/deactivation.ts";
import { seedNotifications } from "../db/seeding.ts";
import { createUsers } from "../db/users.ts";
import type { CastAccount } from "../demo/company.ts";
import type { Email } from "../domain/email.ts";
import { coalesce } from "../domain/coalesce.ts";
import { mail, sweep } from "../jobs/sweep.ts";
import { createApp } from "../routes/app.tsx";
import { type Letter, readLetter } from "./letters.ts";
import type { Happening } from "./reference.ts";

// A whole installation in one process, with only mail and time made up: a server on loopback, its database in a file,
// and an upstream system that posts to it.

/** The events that the command `simulate` writes. */
export async function simulated(...args: string[]): Promise<Happening[]> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", new URL("../tasks/simulate.ts", import.meta.url).href, ...args],
  });
  const { stdout } = await command.output();
  return new TextDecoder().decode(stdout).trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** Everybody of these accounts, with what they ask for beyond their defaults. */
export async function settle(db: Database, accounts: CastAccount[], now: number): Promise<void> {
  const people = accounts.flatMap(({ id, users }) =>
    users.map((user) => ({ ...user, accountId: id, pausedUntil: null }))
  );
  await createAccounts(db, accounts, now);
  await createUsers(db, people, now);
  const asked = people.flatMap(({ id, notifications }) =>
    notifications.map((notification) => ({ ...notification, userId: id }))
  );
  await seedNotifications(db, people, asked, now);
  for (const { id, accountId } of people.filter(({ deactivated }) => deactivated)) {
    await deactivateUser(db, accountId, id, now);
  }
}

/** A letter and when it was handed over. */
export interface Delivery extends Letter {
  at: number;
}

export interface Installation {
  /** Sets the clock. */
  now: number;
  deliveries: Delivery[];
  /** Posts events as an upstream system does and waits until all that this started is over. */
  post(events: Happening[]): Promise<{ accepted: number; duplicates: number }>;
  /** Does what the crons do. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

const settings = {
  baseUrl: "https://callboard.example",
  mailDomain: "callboard.example",
  secretKey: "the secret of these tests, long enough",
  retentionDays: 400,
  demo: false,
};

/** Starts the server; its mail lands in `deliveries`. */
export async function install(db: Database, start: number): Promise<Installation> {
  const deliveries: Delivery[] = [];
  let at = start;
  const sendEmail = (email: Email) => {
    deliveries.push({ at, ...readLetter(email) });
    return Promise.resolve(email.id);
  };
  const now = () => at;
  const report = (what: string, error: unknown) => {
    throw new Error(`${what} failed`, { cause: error });
  };
  const parts = { ...settings, db, sendEmail, now, report };
  const mailNow = coalesce(() => mail(parts));
  let mailing: Promise<unknown> = Promise.resolve();
  const dispatch = () => void (mailing = mailNow());
  const app = createApp({ ...parts, config: settings, dispatch });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, app.fetch);
  const poster = posterTo(server.addr.port, await createApiKey(db, { name: "backlot" }, start));
  return {
    get now() {
      return at;
    },
    set now(instant) {
      at = instant;
    },
    deliveries,
    post: async (events) => {
      const answer = await poster(events);
      await mailing;
      return answer;
    },
    sweep: async () => void await sweep(parts),
    stop: () => server.shutdown(),
  };
}

/** Posts by the official SDK: a single event in binary mode, several as a batch. */
function posterTo(port: number, key: string) {
  const send = async ({ headers, body }: { headers: object; body: unknown }) => {
    const response = await fetch(`http://127.0.0.1:${port}/api/events`, {
      method: "POST",
      headers: { ...headers, authorization: `Bearer ${key}` },
      body: String(body),
    });
    const answer = await response.json();
    if (response.status !== 202) throw new Error(JSON.stringify(answer));
    return answer;
  };
  const emit = emitterFor(send, { mode: Mode.BINARY });
  return async (happenings: Happening[]) => {
    const events = happenings.map((happening) => new CloudEvent({ ...happening }));
    if (events.length === 1) return await emit(events[0]!);
    // The SDK reads batches, but does not write them: a batch is a JSON array of structured events.
    const body = `[${events.map((event) => HTTP.structured(event).body).join(",")}]`;
    return await send({ headers: { "content-type": CONSTANTS.MIME_CE_BATCH }, body });
  };
}
