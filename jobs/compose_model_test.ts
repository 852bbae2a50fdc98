import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { sql } from "drizzle-orm";
import { createAccounts } from "../db/accounts.ts";
import type { Database } from "../db/client.ts";
import { deactivateUser, reactivateUser } from "../db/deactivation.ts";
import { pauseUser, setMailTimes } from "../db/digests.ts";
import { appendEvents } from "../db/events.ts";
import {
  deleteNotification,
  muteNotification,
  unmuteNotification,
} from "../db/notification_actions.ts";
import { createNotification, updateNotification } from "../db/notifications.ts";
import { findOwner } from "../db/owners.ts";
import { loadNotifications } from "../db/panel.ts";
import { setRoles } from "../db/roles.ts";
import { undoChange } from "../db/undo.ts";
import { snoozeNotification } from "../db/snoozes.ts";
import { createUsers } from "../db/users.ts";
import { type Frequency, frequencyOrder, type Role } from "../domain/catalogue.ts";
import type { Condition } from "../domain/conditions.ts";
import { Conflict, NotFound } from "../domain/errors.ts";
import type { Notification } from "../domain/notifications.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { day, event, hour, minute, monday } from "../e2e/stage.ts";
import { sweep } from "./sweep.ts";

// Random lives of two people, told to the product and to a model that stores a row for each event, person and
// notification: slow, and obviously right.

const deliveredType = "source-request.delivered";
const types = [deliveredType, "source-request.created", "source-request.critical"];
const contents = ["branded", "original"];
const roleSets: Role[][] = [
  ["content-partner-operations"],
  ["master-content-partner-operations"],
  ["account-admin"],
  ["account-admin", "content-partner-operations"],
];

// The steps of a life. `who` is a person, `which` picks one of what is there.

type Step =
  | {
    do: "create" | "edit";
    who: number;
    which: number;
    type: string;
    frequency: Frequency;
    content: string | null;
  }
  | { do: "mute" | "unmute" | "delete" | "undo"; who: number; which: number }
  | { do: "pause"; who: number; hours: number }
  | { do: "set quiet hours"; who: number; hours: [from: number, until: number] | null }
  | { do: "deactivate" | "reactivate"; who: number }
  | { do: "set roles"; who: number; roles: Role[] }
  | { do: "append"; type: string; content: string }
  | { do: "snooze"; who: number; which: number; hours: number }
  | { do: "wait"; after: number }
  | { do: "sweep"; after: number };

const who = fc.nat({ max: 1 });
const which = fc.nat({ max: 5 });
const type = fc.constantFrom(...types);
const content = fc.constantFrom(...contents);
const clockHour = fc.nat({ max: 23 });
const frequency = fc.constantFrom(...frequencyOrder);
const settings = { who, which, type, frequency, content: fc.option(content) };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("create" as const), ...settings }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("edit" as const), ...settings }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("mute" as const, "unmute" as const, "delete" as const),
      who,
      which,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("undo" as const), who, which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("snooze" as const),
      who,
      which,
      hours: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("pause" as const),
      who,
      hours: fc.integer({ min: 0, max: 80 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("set quiet hours" as const),
      who,
      hours: fc.option(fc.tuple(clockHour, clockHour).filter(([from, until]) => from !== until)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom("deactivate" as const, "reactivate" as const),
      who,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("set roles" as const),
      who,
      roles: fc.constantFrom(...roleSets),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("append" as const), type, content }) },
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

interface ModelEvent {
  seq: number;
  type: string;
  content: string;
}

interface ModelPerson {
  id: string;
  active: boolean;
  roles: Role[];
  pausedUntil: number | null;
  quietHours: [from: number, until: number] | null;
  /** Until when what is immediate waits, through the night or for the end of a minute: it then comes as one. */
  heldUntil: number | null;
  /** When each event was told that came immediately. */
  toldAtOnce: number[];
  /** A row for each event that a notification heard and has not accounted for. */
  rows: { notification: number; event: ModelEvent }[];
  told: Set<number>;
  /** For each digest that the person has: the instant behind which its next window lies. */
  since: Map<Frequency, number>;
  /** What can still be undone, the oldest first. */
  changes: ModelChange[];
}

/** What a change did away with: the notification as it was, and the rows that it would have by now. */
interface ModelChange {
  id: string;
  notification: number;
  was: Notification | undefined;
  rows: ModelPerson["rows"];
}

/** What somebody was told: `seq` to the ids of the notifications that wanted it. */
type Told = Record<string, number[]>;

const mayHear = (roles: Role[]) => roles.some((role) => role !== "account-admin");

/** Whether it is muted, or snoozed until later. */
function isSilent({ mutedAt, mutedUntil }: Notification, now: number): boolean {
  return mutedAt !== null && (mutedUntil === null || mutedUntil > now);
}

function hears(person: ModelPerson, n: Notification, now: number): boolean {
  const byDefault = person.roles.includes("content-partner-operations");
  return person.active && !isSilent(n, now) &&
    (n.kind === "default" ? byDefault : mayHear(person.roles));
}

/** The naive matcher: one condition at the most, on one field. */
function wants(n: Notification, event: ModelEvent): boolean {
  const [condition] = n.conditions;
  return n.type === event.type &&
    (!condition || "values" in condition && condition.values.includes(event.content));
}

/** Whether the clock stands in the quiet hours, hour by hour: it is UTC, where these people live. */
function isQuiet({ quietHours }: ModelPerson, now: number): boolean {
  if (!quietHours) return false;
  const [from, until] = quietHours;
  for (let at = from; at !== until; at = (at + 1) % 24) {
    if (at === new Date(now).getUTCHours()) return true;
  }
  return false;
}

/** When quiet hours end that are going on: at a full hour, some hours on. */
function quietEnd(person: ModelPerson, now: number): number | null {
  if (!isQuiet(person, now)) return null;
  let end = now - now % hour + hour;
  while (isQuiet(person, end)) end += hour;
  return end;
}

/** When a minute is over in which so much was told at once that `more` has to wait, or null. */
function minuteEnd({ toldAtOnce }: ModelPerson, more: number, now: number): number | null {
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
function waits(person: ModelPerson, hurried: number, now: number): number | null {
  if (hurried === 0) return null;
  const morning = quietEnd(person, now);
  if (morning !== null) return morning;
  if (person.heldUntil !== null) return person.heldUntil > now ? person.heldUntil : null;
  return person.pausedUntil === null ? minuteEnd(person, hurried, now) : null;
}

function modelSweep(
  person: ModelPerson,
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
function ensureSince(person: ModelPerson, notifications: Notification[], now: number): void {
  for (const { frequency } of notifications) {
    if (frequency === "immediately" || person.since.has(frequency)) continue;
    person.since.set(frequency, Math.max(now, (person.pausedUntil ?? 0) - 1));
  }
}

// One life, in both worlds.

class Life {
  now = monday;
  seq = 0;
  readonly account: string;
  readonly people: ModelPerson[];
  readonly story: string[] = [];

  constructor(readonly db: Database, readonly number: number) {
    this.account = `account-${number}`;
    this.people = ["ada", "ben"].map((name) => ({
      id: `${name}-${number}`,
      active: true,
      roles: roleSets[0]!,
      pausedUntil: null,
      quietHours: null,
      heldUntil: null,
      toldAtOnce: [],
      rows: [],
      told: new Set(),
      since: new Map(),
      changes: [],
    }));
  }

  async begin(): Promise<void> {
    await createAccounts(
      this.db,
      [{ id: this.account, name: "Lumen", profile: "content" }],
      this.now,
    );
    const users = this.people.map(({ id, roles }) => ({
      id,
      accountId: this.account,
      email: `${id}@lumen.example`,
      name: id,
      roles,
    }));
    await createUsers(this.db, users, this.now);
    for (const person of this.people) {
      ensureSince(person, await this.notifications(person), this.now);
    }
  }

  /** Nobody of this life is left for later lives to meet. */
  async end(): Promise<void> {
    for (const { id } of this.people) await deactivateUser(this.db, this.account, id, this.now);
  }

  async notifications(person: ModelPerson): Promise<Notification[]> {
    return (await loadNotifications(this.db, person.id)).notifications;
  }

  async take(step: Step): Promise<void> {
    const told = this.story.push(`${new Date(this.now).toISOString()} ${JSON.stringify(step)}`);
    if (step.do === "append") return await this.append(step);
    if (step.do === "sweep") {
      this.now += step.after;
      this.story[told - 1] += ` -> ${new Date(this.now).toISOString()}`;
      return await this.sweep();
    }
    if (step.do === "wait") return void (this.now += step.after);
    const person = this.people[step.who]!;
    if (step.do === "undo") await this.undo(person, step.which);
    else if ("which" in step) await this.change(person, step);
    else if (step.do === "set quiet hours") await this.setQuietHours(person, step.hours);
    else if (step.do === "pause") await this.pause(person, this.now + step.hours * hour);
    else if (step.do === "set roles") await this.setRoles(person, step.roles);
    else await this.setActive(person, step.do === "reactivate");
    if (person.active) ensureSince(person, await this.notifications(person), this.now);
  }

  async append({ type, content }: Step & { do: "append" }): Promise<void> {
    this.seq += 1;
    const id = `${this.number}-${this.seq}`;
    const data = { accounts: [this.account], content_type: content };
    await appendEvents(this.db, [event({ id, subject: `SR-${this.seq}`, type, data })], this.now);
    const [{ seq }] = await this.db.all<{ seq: number }>(
      sql`SELECT max(seq) AS seq FROM events`,
    ) as [{ seq: number }];
    for (const person of this.people) {
      for (const n of await this.notifications(person)) {
        if (hears(person, n, this.now)) {
          person.rows.push({ notification: n.id, event: { seq, type, content } });
        }
      }
      for (const { was, rows } of person.changes) {
        if (was && hears(person, was, this.now)) {
          rows.push({ notification: was.id, event: { seq, type, content } });
        }
      }
    }
  }

  async change(person: ModelPerson, step: Step & { which: number }): Promise<void> {
    const custom = (await this.notifications(person)).filter((n) =>
      n.kind === "custom" || step.do.endsWith("mute") || step.do === "snooze"
    );
    const n = step.do === "create" ? undefined : custom[step.which % custom.length];
    if (!n && step.do !== "create") return;
    const rows = person.rows.filter(({ notification }) => notification === n?.id);
    const { id, change } = await this.make(person, step, n);
    if (change && !person.changes.some((known) => known.id === change)) {
      person.changes.push({ id: change, notification: id, was: n, rows });
    }
    const ends = ["mute", "snooze", "delete"].includes(step.do) ||
      step.do === "unmute" && n && isSilent(n, this.now);
    if (n && ends) {
      person.rows = person.rows.filter(({ notification }) => notification !== n.id);
    }
  }

  async make(person: ModelPerson, step: Step & { which: number }, n: Notification | undefined) {
    const { db, now } = this;
    const owner = await findOwner(db, person.id);
    const [id, version] = [n?.id ?? 0, n?.version ?? 0];
    const nothing = { id, change: undefined };
    if (step.do === "create") {
      return await createNotification(db, owner, inputOf(step), now).catch(expectConflict) ??
        nothing;
    }
    if (step.do === "edit") {
      const edit = { ...inputOf(step), version, now };
      return await updateNotification(db, owner, id, edit).catch(expectConflict) ?? nothing;
    }
    if (step.do === "snooze") {
      const until = now + step.hours * hour;
      return { id, change: await snoozeNotification(db, person.id, id, { until, now }) };
    }
    const act = step.do === "mute"
      ? muteNotification
      : step.do === "unmute"
      ? unmuteNotification
      : deleteNotification;
    return { id, change: await act(db, person.id, id, now) };
  }

  /** Undoes one of the person's changes; where the product refuses, nothing may be different. */
  async undo(person: ModelPerson, which: number): Promise<void> {
    const change = person.changes.at(-1 - which % (person.changes.length || 1));
    if (!change || !person.active) return;
    const owner = await findOwner(this.db, person.id);
    const refused = await undoChange(this.db, owner, change.id, this.now).catch((error) => error);
    this.story.push(`undo of ${change.notification}: ${refused ?? "done"}`);
    if (refused instanceof Conflict || refused instanceof NotFound) return;
    if (refused) throw refused;
    person.changes = person.changes.filter((other) => other !== change);
    person.rows = person.rows.filter(({ notification }) => notification !== change.notification);
    if (change.was) person.rows.push(...change.rows);
  }

  async pause(person: ModelPerson, until: number): Promise<void> {
    if (!person.active) return;
    await pauseUser(this.db, person.id, until, this.now);
    person.pausedUntil = until;
    for (const frequency of person.since.keys()) {
      person.since.set(frequency, Math.max(this.now, until - 1));
    }
  }

  async setQuietHours(person: ModelPerson, hours: ModelPerson["quietHours"]): Promise<void> {
    const [quietFrom, quietUntil] = hours ?? [null, null];
    const times = { zone: "UTC", digestHour: 8, digestWeekday: 1, quietFrom, quietUntil };
    await setMailTimes(this.db, person.id, times, this.now);
    person.quietHours = hours;
    if (person.heldUntil !== null) person.heldUntil = quietEnd(person, this.now) ?? this.now;
  }

  async setRoles(person: ModelPerson, roles: Role[]): Promise<void> {
    await setRoles(this.db, person.id, roles, this.now);
    person.roles = roles;
    person.changes = [];
    const heard = new Set(
      (await this.notifications(person)).filter((n) => hears(person, n, this.now)).map(({ id }) =>
        id
      ),
    );
    person.rows = person.rows.filter(({ notification }) => heard.has(notification));
  }

  async setActive(person: ModelPerson, active: boolean): Promise<void> {
    if (active) await reactivateUser(this.db, this.account, person.id, this.now);
    else await deactivateUser(this.db, this.account, person.id, this.now);
    if (active === person.active) return;
    Object.assign(person, { active, rows: [], since: new Map(), changes: [] });
    if (active) Object.assign(person, { pausedUntil: null, heldUntil: null });
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

function inputOf({ type, frequency, content }: Step & { do: "create" | "edit" }) {
  const conditions: Condition[] = content
    ? [{ field: "content_type", op: "any", values: [content] }]
    : [];
  return { type, frequency: frequency as Frequency, conditions };
}

function expectConflict(error: unknown): void {
  if (!(error instanceof Conflict)) throw error;
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
      const life = new Life(db, lives += 1);
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
