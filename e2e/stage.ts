import { createAccounts } from "../db/accounts.ts";
import type { Database } from "../db/client.ts";
import type { Owner } from "../db/digests.ts";
import { appendEvents } from "../db/events.ts";
import { createNotification } from "../db/notifications.ts";
import { findOwner } from "../db/owners.ts";
import { createUsers, type NewUser } from "../db/users.ts";
import type { Frequency, Role } from "../domain/catalogue.ts";
import { type Email, NotAccepted, type SendEmail } from "../domain/email.ts";
import type { Condition } from "../domain/conditions.ts";
import { parseEvent, type PostedEvent } from "../domain/events.ts";
import { sweep, type SweepSummary } from "../jobs/sweep.ts";

/** Monday 5 January 2026, 00:00 UTC: the tests' calendar starts here. */
export const monday = Date.parse("2026-01-05T00:00:00Z");
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/**
 * Three accounts and the people whom the tests follow. Nobody's roles bring default notifications, so that whatever
 * arrives was asked for in the test.
 */
const accounts = [
  { id: "lumen", name: "Lumen Pictures", profile: "content" as const },
  { id: "meridian-post", name: "Meridian Post", profile: "fulfillment" as const },
  { id: "studio", name: "The Studio", profile: "studio" as const },
];
const silent: Role[] = ["master-content-partner-operations"];
const people: NewUser[] = [
  // Ada asks, mutes, pauses: most stories are hers.
  { id: "ada", accountId: "lumen", email: "ada@lumen.example", name: "Ada Byrne", roles: silent },
  // Ben is Ada's colleague and must never feel what she does.
  { id: "ben", accountId: "lumen", email: "ben@lumen.example", name: "Ben Okoye", roles: silent },
  // Sam sees every event of every account.
  {
    id: "sam",
    accountId: "studio",
    email: "sam@studio.example",
    name: "Sam Ortiz",
    roles: ["studio-admin"],
  },
];

/** What somebody was told: who, how fast, and which requests, in the order of the emails. */
export interface Told {
  to: string;
  frequency: string;
  subjects: string[];
}

export interface Stage {
  db: Database;
  /** Appends one event about a request; more of its facts in `data`. */
  happen(subject: string, type?: string, data?: Record<string, unknown>): Promise<void>;
  /** Creates a notification for somebody; resolves to its id. */
  ask(
    user: string,
    frequency: Frequency,
    options?: { type?: string; conditions?: Condition[] },
  ): Promise<number>;
  owner(user: string): Promise<Owner>;
  /** Lets the time pass while nothing looks what is due. */
  waitUntil(now: number): void;
  /** Lets the time come and everything happen that is due; resolves to the emails that this sent. */
  sweepAt(now: number, sendEmail?: SendEmail): Promise<Told[]>;
  summary(): SweepSummary;
}

/** A stage on an empty database: the accounts and people above, at `monday`. */
export async function setStage(db: Database): Promise<Stage> {
  let now = monday;
  let posted = 0;
  let last: SweepSummary;
  await createAccounts(db, accounts, now);
  await createUsers(db, people, now);
  return {
    db,
    owner: (user) => findOwner(db, user),
    summary: () => last,
    waitUntil: (at) => void (now = at),
    async happen(subject, type = "source-request.delivered", data = {}) {
      posted += 1;
      await appendEvents(db, [event({ id: `${posted}`, subject, type, data, time: now })], now);
    },
    async ask(user, frequency, { type = "source-request.delivered", conditions = [] } = {}) {
      const input = { type, conditions, frequency };
      return (await createNotification(db, await findOwner(db, user), input, now)).id;
    },
    async sweepAt(at, sendEmail) {
      now = at;
      const { told, summary } = await sweepOn(db, at, sendEmail);
      last = summary;
      return told;
    },
  };
}

/** Lets everything happen on a database that is due at an instant; throws the first thing that goes wrong. */
export async function sweepOn(
  db: Database,
  at: number,
  sendEmail?: SendEmail,
): Promise<{ told: Told[]; summary: SweepSummary }> {
  const sent: Email[] = [];
  const record: SendEmail = (email, { asksOnly }) =>
    asksOnly ? Promise.reject(new NotAccepted()) : Promise.resolve(`${sent.push(email)}`);
  const problems: unknown[] = [];
  const report = (_: string, error: unknown) => problems.push(error);
  const parts = { db, sendEmail: sendEmail ?? record, now: () => at, report, ...settings };
  const summary = await sweep(parts);
  if (problems.length > 0) throw problems[0];
  return { told: sent.map(toldBy), summary };
}

const settings = {
  baseUrl: "https://callboard.example",
  mailDomain: "callboard.example",
  secretKey: "the secret of these tests, long enough",
  retentionDays: 400,
};

/** An event as it was posted, for both partners; it happened at `time`, in milliseconds. */
export function event(
  { id, subject, type, data, time = monday }: {
    id: string;
    subject: string;
    type: string;
    data: Record<string, unknown>;
    time?: number;
  },
): PostedEvent {
  const parsed = parseEvent({
    specversion: "1.0",
    id,
    source: "/tests",
    type,
    subject,
    time: new Date(time).toISOString(),
    data: { accounts: ["lumen", "meridian-post"], ...data },
  });
  if (typeof parsed === "string") throw new Error(parsed);
  return parsed;
}

function toldBy(email: Email): Told {
  const subjects = [...new Set(email.text.match(/SR-\d+/g))].sort();
  return {
    to: email.to.split("@")[0]!,
    frequency: email.headers["X-Callboard-Frequency"]!,
    subjects,
  };
}
