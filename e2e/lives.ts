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
import { snoozeNotification } from "../db/snoozes.ts";
import { undoChange } from "../db/undo.ts";
import { createUsers } from "../db/users.ts";
import type { Frequency, Role } from "../domain/catalogue.ts";
import type { Condition } from "../domain/conditions.ts";
import { Conflict, NotFound } from "../domain/errors.ts";
import type { Notification } from "../domain/notifications.ts";
import { type Deed, roleSets } from "./deeds.ts";
import { event, hour, monday } from "./stage.ts";

// Random lives of two people, told to the product and to a model that stores a row for each event, person and
// notification: slow, and obviously right.

export interface ModelEvent {
  seq: number;
  subject: string;
  type: string;
  content: string;
}

/** An event that a notification heard and has not accounted for. */
export interface Row {
  notification: number;
  event: ModelEvent;
  /** Whether it may have been accounted for untold, because it did not match before an edit. */
  isUnsure?: boolean;
}

export interface ModelPerson {
  id: string;
  active: boolean;
  roles: Role[];
  rows: Row[];
  /** What can still be undone, the oldest first. */
  changes: ModelChange[];
}

/** What a change did away with: the notification as it was, and the rows that it would have by now. */
interface ModelChange {
  id: string;
  notification: number;
  was: Notification | undefined;
  rows: Row[];
}

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
export function wants(n: Notification, event: ModelEvent): boolean {
  const [condition] = n.conditions;
  return n.type === event.type &&
    (!condition || "values" in condition && condition.values.includes(event.content));
}

/** A life of people at an account of their own, in both worlds. */
export class Life<Person extends ModelPerson> {
  now = monday;
  readonly account: string;
  readonly people: Person[];
  readonly story: string[] = [];
  #events = 0;

  constructor(readonly db: Database, readonly number: number, person: (id: string) => Person) {
    this.account = `account-${number}`;
    this.people = ["ada", "ben"].map((name) => person(`${name}-${number}`));
  }

  async begin(): Promise<void> {
    const account = { id: this.account, name: "Lumen", profile: "content" as const };
    await createAccounts(this.db, [account], this.now);
    const users = this.people.map(({ id, roles }) => ({
      id,
      accountId: this.account,
      email: `${id}@lumen.example`,
      name: id,
      roles,
    }));
    await createUsers(this.db, users, this.now);
  }

  /** Nobody of this life is left for later lives to meet. */
  async end(): Promise<void> {
    for (const { id } of this.people) await deactivateUser(this.db, this.account, id, this.now);
  }

  /** Adds a line to the story. */
  tell(what: string): void {
    this.story.push(`${new Date(this.now).toISOString()} ${what}`);
  }

  async notifications(person: Person): Promise<Notification[]> {
    return (await loadNotifications(this.db, person.id)).notifications;
  }

  async do(deed: Deed): Promise<void> {
    this.tell(JSON.stringify(deed));
    if (deed.do === "append") return await this.append(deed);
    const person = this.people[deed.who]!;
    if (deed.do === "undo") await this.undo(person, deed.which);
    else if ("which" in deed) await this.change(person, deed);
    else if (deed.do === "set quiet hours") await this.setQuietHours(person, deed.hours);
    else if (deed.do === "pause") await this.pause(person, this.now + deed.hours * hour);
    else if (deed.do === "set roles") await this.setRoles(person, deed.roles);
    else await this.setActive(person, deed.do === "reactivate");
  }

  async append({ type, content }: Deed & { do: "append" }): Promise<void> {
    const number = this.#events += 1;
    const [id, subject] = [`${this.number}-${number}`, `SR-${number}`];
    const data = { accounts: [this.account], content_type: content };
    await appendEvents(this.db, [event({ id, subject, type, data })], this.now);
    const [{ seq }] = await this.db.all<{ seq: number }>(
      sql`SELECT max(seq) AS seq FROM events`,
    ) as [{ seq: number }];
    const happened = { seq, subject, type, content };
    for (const person of this.people) {
      for (const n of await this.notifications(person)) {
        if (hears(person, n, this.now)) person.rows.push({ notification: n.id, event: happened });
      }
      for (const { was, rows } of person.changes) {
        if (was && hears(person, was, this.now)) {
          rows.push({ notification: was.id, event: happened });
        }
      }
    }
  }

  /** What a person is not told any more. */
  drop(person: Person, isOver: (row: Row) => boolean): Promise<void> {
    person.rows = person.rows.filter((row) => !isOver(row));
    return Promise.resolve();
  }

  async change(person: Person, deed: Deed & { which: number }): Promise<void> {
    const custom = (await this.notifications(person)).filter((n) =>
      n.kind === "custom" || deed.do.endsWith("mute") || deed.do === "snooze"
    );
    const n = deed.do === "create" ? undefined : custom[deed.which % custom.length];
    if (!n && deed.do !== "create") return;
    const rows = person.rows.filter(({ notification }) => notification === n?.id);
    const { id, change } = await this.#make(person, deed, n);
    if (change && !person.changes.some((known) => known.id === change)) {
      person.changes.push({ id: change, notification: id, was: n, rows });
    }
    const ends = ["mute", "snooze", "delete"].includes(deed.do) ||
      deed.do === "unmute" && n && isSilent(n, this.now);
    if (n && ends) await this.drop(person, ({ notification }) => notification === n.id);
  }

  async #make(person: Person, deed: Deed & { which: number }, n: Notification | undefined) {
    const { db, now } = this;
    const owner = await findOwner(db, person.id);
    const [id, version] = [n?.id ?? 0, n?.version ?? 0];
    const nothing = { id, change: undefined };
    if (deed.do === "create") {
      return await createNotification(db, owner, inputOf(deed), now).catch(expectConflict) ??
        nothing;
    }
    if (deed.do === "edit") {
      const edit = { ...inputOf(deed), version, now };
      return await updateNotification(db, owner, id, edit).catch(expectConflict) ?? nothing;
    }
    if (deed.do === "snooze") {
      const until = now + deed.hours * hour;
      return { id, change: await snoozeNotification(db, person.id, id, { until, now }) };
    }
    const act = deed.do === "mute"
      ? muteNotification
      : deed.do === "unmute"
      ? unmuteNotification
      : deleteNotification;
    return { id, change: await act(db, person.id, id, now) };
  }

  /** Undoes one of the person's changes; where the product refuses, nothing may be different. */
  async undo(person: Person, which: number): Promise<void> {
    const change = person.changes.at(-1 - which % (person.changes.length || 1));
    if (!change || !person.active) return;
    const owner = await findOwner(this.db, person.id);
    const refused = await undoChange(this.db, owner, change.id, this.now).catch((error) => error);
    this.tell(`undo of ${change.notification}: ${refused ?? "done"}`);
    if (refused instanceof Conflict || refused instanceof NotFound) return;
    if (refused) throw refused;
    person.changes = person.changes.filter((other) => other !== change);
    await this.drop(person, ({ notification }) => notification === change.notification);
    if (change.was) person.rows.push(...change.rows);
  }

  async pause(person: Person, until: number): Promise<void> {
    if (person.active) await pauseUser(this.db, person.id, until, this.now);
  }

  async setQuietHours(person: Person, hours: [from: number, until: number] | null): Promise<void> {
    const [quietFrom, quietUntil] = hours ?? [null, null];
    const times = { zone: "UTC", digestHour: 8, digestWeekday: 1, quietFrom, quietUntil };
    await setMailTimes(this.db, person.id, times, this.now);
  }

  async setRoles(person: Person, roles: Role[]): Promise<void> {
    await setRoles(this.db, person.id, roles, this.now);
    person.roles = roles;
    person.changes = [];
    const heard = new Set(
      (await this.notifications(person)).filter((n) => hears(person, n, this.now)).map(({ id }) =>
        id
      ),
    );
    await this.drop(person, ({ notification }) => !heard.has(notification));
  }

  async setActive(person: Person, active: boolean): Promise<void> {
    if (active) await reactivateUser(this.db, this.account, person.id, this.now);
    else await deactivateUser(this.db, this.account, person.id, this.now);
    if (active === person.active) return;
    Object.assign(person, { active, changes: [] });
    await this.drop(person, () => true);
  }
}

/** Somebody whose life begins. */
export function newPerson(id: string): ModelPerson {
  return { id, active: true, roles: roleSets[0]!, rows: [], changes: [] };
}

function inputOf({ type, frequency, content }: Deed & { do: "create" | "edit" }) {
  const conditions: Condition[] = content
    ? [{ field: "content_type", op: "any", values: [content] }]
    : [];
  return { type, frequency: frequency as Frequency, conditions };
}

function expectConflict(error: unknown): void {
  if (!(error instanceof Conflict)) throw error;
}
