import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { type Frequency, frequencyOrder } from "../domain/catalogue.ts";
import type { Notification } from "../domain/notifications.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { type Deed, deeds } from "../e2e/deeds.ts";
import { Life, type ModelPerson, newPerson, wants } from "../e2e/lives.ts";
import { day, hour, minute, monday } from "../e2e/stage.ts";
import { sweep } from "./sweep.ts";

// Random lives of two people, each email of them foretold by the model: what it tells, when, and why.

type Step = Deed | { do: "wait"; after: number } | { do: "sweep"; after: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  ...deeds,
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      after: fc.integer({ min: 1, max: 20 }).map((hours) => hours * hour / 2),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("sweep" as const),
      after: fc.oneof(
        fc.constantFrom(0, minute / 3, minute),
        fc.integer({ min: 1, max: 30 }).map((hours) => hours * hour / 2),
        fc.integer({ min: 1, max: 9 * day }),
      ),
    }),
  },
);

// The model.
interface TimedPerson extends ModelPerson {
  pausedUntil: number | null;
  quietHours: [from: number, until: number] | null;
  /** Until when what is immediate waits, through the night or for the end of a minute: it then comes as one. */
  heldUntil: number | null;
  /** When each event was told that came immediately. */
  toldAtOnce: number[];
  told: Set<number>;
  /** For each digest that the person has: the instant behind which its next window lies. */
  since: Map<Frequency, number>;
}

/** What somebody was told: `seq` to the ids of the notifications that wanted it. */
type Told = Record<string, number[]>;
/** Whether the clock stands in the quiet hours, hour by hour: it is UTC, where these people live. */
function isQuiet({ quietHours }: TimedPerson, now: number): boolean {
  if (!quietHours) return false;
  const [from, until] = quietHours;
  for (let at = from; at !== until; at = (at + 1) % 24) {
    if (at === new Date(now).getUTCHours()) return true;
  }
  return false;
}

/** When quiet hours end that are going on: at a full hour, some hours on. */
function quietEnd(person: TimedPerson, now: number): number | null {
  if (!isQuiet(person, now)) return null;
  let end = now - now % hour + hour;
  while (isQuiet(person, end)) end += hour;
  return end;
}

/** When a minute is over in which so much was told at once that `more` has to wait, or null. */
function minuteEnd({ toldAtOnce }: TimedPerson, more: number, now: number): number | null {
  const lately = toldAtOnce.filter((at) => now - at < minute);
  return lately.length > 0 && lately.length + more > 2 ? Math.min(...lately) + minute : null;
}

/** The windows: every full hour, 08:00, and Monday 08:00, in UTC, where these people live. */
function windowsPassed(frequency: Frequency, since: number, now: number): boolean {
  const [length, offset] = frequency === "hourly"
    ? [hour, 0]
    : frequency === "daily"
    ? [day, 8 * hour]
    : [7 * day, 8 * hour];
  const index = (at: number) => Math.floor((at - monday - offset) / length);
  return index(now) > index(since);
}

/** Until when so much that is immediate has to wait, or null. */
function waits(person: TimedPerson, hurried: number, now: number): number | null {
  if (hurried === 0) return null;
  const morning = quietEnd(person, now);
  if (morning !== null) return morning;
  if (person.heldUntil !== null) return person.heldUntil > now ? person.heldUntil : null;
  return person.pausedUntil === null ? minuteEnd(person, hurried, now) : null;
}

function modelSweep(
  person: TimedPerson,
  notifications: Notification[],
  now: number,
): Map<Frequency, Told> {
  const emails = new Map<Frequency, Told>();
  if (!person.active || (person.pausedUntil ?? 0) > now) return emails;
  const due = new Set<Frequency>();
  for (const [frequency, since] of person.since) {
    if (windowsPassed(frequency, since, now)) due.add(frequency);
  }
  // Whoever is held is left alone until then, unless a digest comes.
  if ((person.heldUntil ?? 0) > now && due.size === 0) return emails;
  const byId = new Map(notifications.map((n) => [n.id, n]));
  const wanted = person.rows.filter(({ notification, event }) =>
    wants(byId.get(notification)!, event) && !person.told.has(event.seq)
  );
  const isAt = (frequency: Frequency) => (row: { notification: number }) =>
    byId.get(row.notification)!.frequency === frequency;
  const bySeq = [...Map.groupBy(wanted, ({ event }) => event.seq)];
  const hurried = bySeq.filter(([, rows]) => rows.some(isAt("immediately"))).length;
  const wait = waits(person, hurried, now);
  if (wait === null) due.add("immediately");
  const pieces = bySeq.map(([seq, rows]) => ({
    seq,
    reasons: rows.map(({ notification }) => notification).sort((a, b) => a - b),
    at: frequencyOrder.find((f) => due.has(f) && rows.some(isAt(f))),
  }));
  const first = frequencyOrder.find((f) => pieces.some(({ at }) => at === f));
  const catchesUp = person.pausedUntil !== null && first !== undefined;
  for (const { seq, reasons, at } of pieces) {
    const tellAt = catchesUp ? first : at;
    if (!tellAt) continue;
    emails.set(tellAt, { ...emails.get(tellAt), [seq]: reasons });
    person.told.add(seq);
    if (tellAt === "immediately") person.toldAtOnce.push(now);
  }
  if (catchesUp) person.pausedUntil = null;
  person.heldUntil = catchesUp ? null : wait;
  person.rows = person.rows.filter(({ notification }) =>
    !catchesUp && !due.has(byId.get(notification)!.frequency)
  );
  for (const frequency of due) {
    if (frequency === "immediately") continue;
    if (notifications.some((n) => n.frequency === frequency)) person.since.set(frequency, now);
    else person.since.delete(frequency);
  }
  return emails;
}

/** A digest exists from the moment in which the person has a notification of its frequency. */
function ensureSince(person: TimedPerson, notifications: Notification[], now: number): void {
  for (const { frequency } of notifications) {
    if (frequency === "immediately" || person.since.has(frequency)) continue;
    person.since.set(frequency, Math.max(now, (person.pausedUntil ?? 0) - 1));
  }
}
// One life, in both worlds.

class TimedLife extends Life<TimedPerson> {
  constructor(db: Database, number: number) {
    super(db, number, (id) => ({
      ...newPerson(id),
      pausedUntil: null,
      quietHours: null,
      heldUntil: null,
      toldAtOnce: [],
      told: new Set(),
      since: new Map(),
    }));
  }

  override async begin(): Promise<void> {
    await super.begin();
    for (const person of this.people) await this.ensureSince(person);
  }

  async ensureSince(person: TimedPerson): Promise<void> {
    ensureSince(person, await this.notifications(person), this.now);
  }

  async take(step: Step): Promise<void> {
    if (step.do === "wait") return void (this.now += step.after);
    if (step.do === "sweep") {
      this.now += step.after;
      this.tell("sweep");
      return await this.sweep();
    }
    await this.do(step);
    if (step.do === "append") return;
    const person = this.people[step.who]!;
    if (person.active) await this.ensureSince(person);
  }

  override async pause(person: TimedPerson, until: number): Promise<void> {
    await super.pause(person, until);
    if (!person.active) return;
    person.pausedUntil = until;
    for (const frequency of person.since.keys()) {
      person.since.set(frequency, Math.max(this.now, until - 1));
    }
  }

  override async setQuietHours(person: TimedPerson, hours: TimedPerson["quietHours"]) {
    await super.setQuietHours(person, hours);
    person.quietHours = hours;
    if (person.heldUntil !== null) person.heldUntil = quietEnd(person, this.now) ?? this.now;
  }

  override async setActive(person: TimedPerson, active: boolean): Promise<void> {
    const isChange = active !== person.active;
    await super.setActive(person, active);
    if (isChange) person.since = new Map();
    if (isChange && active) Object.assign(person, { pausedUntil: null, heldUntil: null });
  }

  async sweep(): Promise<void> {
    const before = new Set((await this.emails()).map(({ id }) => id));
    const { problems } = await sweep({
      db: this.db,
      sendEmail: (email) => Promise.resolve(email.id),
      now: () => this.now,
      report: (what, error) => this.story.push(`${what}: ${error}`),
      baseUrl: "https://callboard.example",
      mailDomain: "callboard.example",
      secretKey: "the secret of these tests, long enough",
      retentionDays: 4000,
    });
    deepEqual(problems, 0);
    const sent = (await this.emails()).filter(({ id }) => !before.has(id));
    for (const person of this.people) {
      const mine = sent.filter(({ userId }) => userId === person.id);
      const wasHeld = person.heldUntil !== null;
      const expected = modelSweep(person, await this.notifications(person), this.now);
      const actual = new Map<Frequency, Told>();
      for (const { frequency, told } of mine) {
        for (const seq of Object.keys(told)) {
          deepEqual(actual.get(frequency)?.[seq], undefined, "told twice");
        }
        actual.set(frequency, { ...actual.get(frequency), ...told });
      }
      this.story.push(`${person.id} was told ${JSON.stringify([...actual])}`);
      this.story.push(`${person.id} is owed ${JSON.stringify([...expected])}`);
      deepEqual(Object.fromEntries(actual), Object.fromEntries(expected));
      const immediate = mine.filter(({ frequency }) => frequency === "immediately");
      if (wasHeld) ok(immediate.length <= 1, "what was held came in several emails");
    }
  }

  async emails() {
    const rows = await this.db.query.emails.findMany({
      where: (emails, { inArray }) => inArray(emails.userId, this.people.map(({ id }) => id)),
    });
    return rows.map(({ id, userId, frequency, state, content }) => {
      deepEqual(state, "sent");
      const told: Told = {};
      for (const { seq, reasons } of content.items) {
        told[seq] = reasons.map((index) => content.reasons[index]!.id).sort((a, b) => a - b);
      }
      return { id, userId, frequency, told };
    });
  }
}
/** Somebody comes back from a pause to nothing that is owed, though what happened is of a type that they hear of by now. */
const returnToNothing: Step[] = [
  { do: "snooze", who: 0, which: 5, hours: 54 },
  { do: "set roles", who: 0, roles: ["master-content-partner-operations"] },
  { do: "pause", who: 0, hours: 31 },
  { do: "sweep", after: 132_845_393 },
  { do: "append", type: "source-request.critical", content: "branded" },
  {
    ...{ do: "create", who: 1, which: 0, type: "source-request.created" },
    ...{ frequency: "daily", content: null },
  },
  {
    ...{ do: "create", who: 0, which: 4, type: "source-request.delivered" },
    ...{ frequency: "hourly", content: "branded" },
  },
  { do: "set roles", who: 0, roles: ["content-partner-operations"] },
  { do: "sweep", after: 137_402_534 },
];

Deno.test("whatever people do, each is told what they asked for, once, with every reason", async () => {
  const { db, close } = await temporaryDatabase();
  await db.run(sql`PRAGMA synchronous = OFF`);
  let lives = 0;
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 60, size: "max" }),
    async (steps) => {
      const life = new TimedLife(db, lives += 1);
      await life.begin();
      try {
        for (const step of steps) await life.take(step);
        await life.take({ do: "sweep", after: 8 * day });
      } catch (error) {
        throw new Error(
          `${life.story.join("\n")}\n${error instanceof Error ? error.message : error}`,
        );
      } finally {
        await life.end();
      }
    },
  );
  try {
    // Shrinking takes longer than reading the story.
    await fc.assert(property, { numRuns: 500, endOnFailure: true, examples: [[returnToNothing]] });
  } finally {
    await close();
  }
});
