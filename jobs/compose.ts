import type { Frequency } from "../domain/catalogue.ts";
import { collectOwed, composeEmails } from "../domain/compose.ts";
import type { Event } from "../domain/events.ts";
import { compile } from "../domain/match.ts";
import { granted } from "../domain/notifications.ts";
import {
  dueFrequencies,
  endedPause,
  isCatchingUp,
  isQuiet,
  type Person,
  recipient,
} from "../domain/recipients.ts";
import { nextDigestAt } from "../domain/schedule.ts";
import { type Database, isConstraintError, rowsOf } from "../db/client.ts";
import {
  accountsWithWork,
  type Listener,
  loadDuePeople,
  loadListeners,
  type Snapshot,
} from "../db/composing.ts";
import { commitComposition } from "../db/composition.ts";
import { eventsAfter, type EventTuple, wholeEvents } from "../db/events.ts";
import { findQuietDigests, passDigests } from "../db/quiet_digests.ts";
import { loadPeople } from "../db/recipients.ts";
import { endSnoozes } from "../db/snoozes.ts";
import { emptyLook, hold, lowest, oldestBookmark, take } from "./look.ts";
import { reportOnce } from "./set_aside.ts";

/** How many events are read, and how many people are composed for, at a time. */
const pageSize = 1_000;

/** How often a look at an account is repeated when somebody changed its settings meanwhile; the next sweep tries again. */
const maxLooks = 10;

/** Composes every email that is owed at `now`, immediate ones and digests; resolves to how many. One account's or event's trouble is reported and keeps no other waiting. */
export async function composeAll(
  db: Database,
  { now, report }: { now: number; report: (what: string, error: unknown) => void },
): Promise<number> {
  await endSnoozes(db, now);
  await passQuietDigests(db, now);
  const at = { now, setAside: reportOnce(report) };
  let composed = 0;
  for (const { accountId, dispatch, due } of await accountsWithWork(db, now)) {
    try {
      if (dispatch) composed += await untilDone(() => dispatchPage(db, accountId, at));
      if (due) composed += await untilDone(() => composeDue(db, accountId, at));
    } catch (error) {
      report(`account ${accountId}`, error);
    }
  }
  return composed;
}

/** When a look is taken, and who hears of events that cannot be told. */
interface At {
  now: number;
  setAside: (seq: number, flaw: string) => void;
}

/** Lets the digests in which nothing can stand go by, all of them in two round trips. */
async function passQuietDigests(db: Database, now: number): Promise<void> {
  const quiet = await findQuietDigests(db, now);
  if (quiet.length === 0) return;
  const passed = quiet.map((digest) => {
    const { userId, frequency, window } = digest;
    return {
      userId,
      frequency,
      window,
      next: nextDigestAt(digest, frequency, { after: now, last: window }),
    };
  });
  await passDigests(db, passed);
}

/** What one look did: how many emails, and whether there is more to look at. */
interface Look {
  emails: number;
  more: boolean;
}

async function untilDone(look: () => Promise<Look>): Promise<number> {
  let emails = 0;
  for (let refused = 0;;) {
    try {
      const done = await look();
      emails += done.emails;
      if (!done.more) return emails;
    } catch (error) {
      refused += 1;
      if (!isConstraintError(error) || refused === maxLooks) throw error;
    }
  }
}

/** Composes the immediate emails of an account for the next page of its log. */
async function dispatchPage(db: Database, accountId: string, at: At): Promise<Look> {
  const { now } = at;
  const { account, listeners } = await loadListeners(db, accountId);
  const open = listeners.filter((listener) => granted(listener.roles)(listener));
  const from = Math.max(
    account.dispatched,
    lowest(open.map(({ bookmark }) => bookmark), account.end),
  );
  const { events, upTo } = await readPage(db, account, { after: from, ...at });
  if (upTo <= account.dispatched) return { emails: 0, more: false };
  const reached = await loadPeople(db, listenersReached(open, events));
  const people = reached.filter((person) => !isQuiet(person, now));
  const returning = people.filter((person) => isCatchingUp(person, now));
  // Whoever catches up gets everything that is owed, not only what lies on this page.
  if (returning.length > 0) {
    const { emails } = await composeFor(db, { account, people: returning, at });
    return { emails, more: true };
  }
  const { add, owed } = collectOwed(people.map((person) => recipient(person, account)));
  add(events);
  const look = emptyLook(account, { upTo, now, dispatched: true });
  for (const person of people) {
    const options = { due: immediately, pausedUntil: null, held: false };
    const emails = composeEmails(owed.get(person.id)!, options);
    take(look, person, { emails, due: immediately });
  }
  for (const person of reached) if (isQuiet(person, now)) hold(look, person);
  await commitComposition(db, look);
  return { emails: look.emails.length, more: upTo < account.end };
}

const immediately: ReadonlySet<Frequency> = new Set(["immediately" as const]);

function listenersReached(open: Listener[], events: Event[]): string[] {
  const match = compile(open);
  const reached = events.flatMap((event) =>
    match(event).filter(({ bookmark }) => bookmark < event.seq)
  );
  return [...new Set(reached.map(({ userId }) => userId))];
}

/** Composes for people whose digest is due or whose pause or quiet hours are over. */
async function composeDue(db: Database, accountId: string, at: At): Promise<Look> {
  const { account, userIds } = await loadDuePeople(db, accountId, { ...at, limit: pageSize });
  if (userIds.length === 0) return { emails: 0, more: false };
  const people = await loadPeople(db, userIds);
  const { emails } = await composeFor(db, { account, people, at });
  return { emails, more: userIds.length === pageSize };
}

/** Composes everything that is due for these people, whatever its frequency, in one look at the log. */
async function composeFor(
  db: Database,
  { account, people, at }: { account: Snapshot; people: Person[]; at: At },
): Promise<{ emails: number }> {
  const { now } = at;
  const recipients = people.map((person) => recipient(person, account));
  const { add, owed } = collectOwed(recipients);
  for (
    let after = oldestBookmark(people, recipients, { now, end: account.end });
    after < account.end;
  ) {
    const { events, upTo } = await readPage(db, account, { after, ...at });
    add(events);
    after = upTo;
  }
  const look = emptyLook(account, { upTo: account.end, now, dispatched: false });
  for (const person of people) {
    const due = dueFrequencies(person, now);
    const pausedUntil = endedPause(person, now);
    const held = person.heldUntil !== null;
    const emails = composeEmails(owed.get(person.id)!, { due, pausedUntil, held });
    take(look, person, { emails, due });
  }
  await commitComposition(db, look);
  return { emails: look.emails.length };
}

/** The next events of an account up to the end of the log as it was first seen, and how far they reach. */
async function readPage(
  db: Database,
  account: Snapshot,
  { after, setAside }: At & { after: number },
) {
  const page = rowsOf<EventTuple>(await eventsAfter(db, account, after, pageSize));
  const rows = page.filter(([seq]) => seq <= account.end);
  const upTo = rows.length < pageSize ? account.end : rows.at(-1)![0];
  return { events: wholeEvents(rows, setAside), upTo };
}
