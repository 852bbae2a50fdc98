import { deepEqual, equal, ok } from "node:assert/strict";
import type { Database } from "../db/client.ts";
import { loadNotifications } from "../db/panel.ts";
import type { CastAccount } from "../demo/company.ts";
import type { Tellings } from "./comparison.ts";
import type { Delivery } from "./month.ts";
import { type Happening, labelOf, type Pace, type Reader } from "./reference.ts";

// What an installation has on record after a while: its people, its log, and what its emails told.

/** Everybody of these accounts with the notifications that the page shows them; the custom ones are those of the cast. */
export async function readersOf(db: Database, accounts: CastAccount[]): Promise<Reader[]> {
  const people = accounts.flatMap(({ id, users }) =>
    users.map((user) => ({ ...user, account: id }))
  );
  return await Promise.all(people.map(async ({ deactivated, notifications, ...person }) => {
    const asked = (await loadNotifications(db, person.id)).notifications
      .map(({ mutedAt, ...notification }) => ({ ...notification, muted: mutedAt !== null }));
    const wanted = ({ type, frequency, conditions, muted = false }: typeof notifications[number]) =>
      JSON.stringify([type, frequency, conditions, muted]);
    const custom = asked.filter(({ kind }) => kind === "custom");
    deepEqual(custom.map(wanted).sort(), notifications.map(wanted).sort());
    return { ...person, active: !deactivated, asked };
  }));
}

/** The log, as it would be posted again. */
export async function storedEvents(db: Database): Promise<unknown[]> {
  const rows = await db.query.events.findMany({ orderBy: ({ seq }, { asc }) => asc(seq) });
  const named = await db.query.eventAccounts.findMany();
  const accounts = Map.groupBy(named, ({ seq }) => seq);
  return rows.map(({ seq, id, source, type, time, subject, data }) => ({
    specversion: "1.0",
    id,
    source,
    type,
    time: new Date(time).toISOString().replace(".000Z", "Z"),
    subject,
    datacontenttype: "application/json",
    data: { accounts: accounts.get(seq)!.map(({ accountId }) => accountId), ...data },
  }));
}

/** What the emails tell, by what was stored of them, once it agrees with what is written in them. */
export async function tellingsIn(
  db: Database,
  { deliveries, readers, events }: {
    deliveries: Delivery[];
    readers: Reader[];
    events: Happening[];
  },
): Promise<Tellings> {
  const emails = new Map((await db.query.emails.findMany()).map((email) => [email.id, email]));
  equal(emails.size, deliveries.length);
  const log = await db.query.events.findMany({ columns: { seq: true, id: true } });
  const ids = new Map(log.map(({ seq, id }) => [seq, id]));
  const happened = new Map(events.map((event) => [event.id, event]));
  const byId = new Map(readers.map((reader) => [reader.id, reader]));
  const told: Tellings = new Map(readers.map(({ id }) => [id, new Map()]));
  for (const delivery of deliveries) {
    const { userId, content } = emails.get(delivery.id)!;
    const items = content.items.map(({ seq, reasons }) => ({
      event: happened.get(ids.get(seq)!)!,
      reasons: reasons.map((index) => content.reasons[index]!.id).sort((a, b) => a - b),
    }));
    compareWords(delivery, items);
    const { email, account } = byId.get(userId)!;
    deepEqual([delivery.to, delivery.account], [email, account]);
    const ofReader = told.get(userId)!;
    for (const { event, reasons } of items) {
      ok(!ofReader.has(event.id), `${userId} was told of ${event.subject} (${event.id}) twice`);
      ofReader.set(event.id, { pace: delivery.frequency as Pace, at: delivery.at, reasons });
    }
  }
  return told;
}

interface Item {
  event: Happening;
  reasons: number[];
}

/** Holds the words of an email against what it is said to tell; what did not fit must be counted. */
function compareWords({ entries, left, types, to }: Delivery, items: Item[]): void {
  const written = entries.map(({ request, label, earlier, reasons }) =>
    `${request} ${label} after ${earlier.toSorted()} ${reasons}`
  );
  const stored = [...Map.groupBy(items, ({ event }) => event.subject).values()].map(lineOf);
  const missing = left === 0 ? stored.filter((each) => !written.includes(each)) : [];
  const invented = written.filter((each) => !stored.includes(each));
  deepEqual(
    { missing, invented },
    { missing: [], invented: [] },
    `${to} read ${invented}; missed ${missing}`,
  );
  equal(entries.flatMap(({ earlier }) => [1, ...earlier]).length + left, items.length);
  deepEqual(types.toSorted(), [...new Set(items.map(({ event }) => event.type))].sort());
}

/** The line that tells all of these, which are of one request: the newest by its time, of equal ones the last of the log. */
function lineOf(items: Item[]): string {
  const [newest, ...earlier] = items.toReversed()
    .sort((a, b) => Date.parse(b.event.time) - Date.parse(a.event.time))
    .map(({ event }) => labelOf(event.type));
  const reasons = new Set(items.flatMap(({ reasons }) => reasons));
  return `${items[0]!.event.subject} ${newest} after ${earlier.sort()} ${
    [...reasons].sort((a, b) => a - b)
  }`;
}
