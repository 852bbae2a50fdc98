import { collectOwed, composeEmails } from "../domain/compose.ts";
import {
  dueFrequencies,
  endedPause,
  heldEnd,
  type Person,
  recipient,
} from "../domain/recipients.ts";
import type { Database } from "../db/client.ts";
import { loadDuePeople, type Snapshot } from "../db/composing.ts";
import type { Composition } from "../db/composition.ts";
import { loadPeople } from "../db/recipients.ts";
import { emptyLook, type Looked, oldestBookmark, take, writeLooks } from "./look.ts";
import { type At, pageSize, readPages } from "./pages.ts";

/** Composes for the people of accounts whose digest is due or whose pause or quiet hours are over. */
export async function composeDue(
  db: Database,
  accountIds: readonly string[],
  at: At,
): Promise<Looked> {
  const { accounts, userIds } = await loadDuePeople(db, accountIds, { ...at, limit: pageSize });
  const ids = [...userIds.values()].flat();
  if (ids.length === 0) return { emails: 0, more: [] };
  const people = new Map((await loadPeople(db, ids, at.now)).map((person) => [person.id, person]));
  const owing = accounts.filter(({ id }) => userIds.has(id)).map((account) => ({
    account,
    people: userIds.get(account.id)!.map((id) => people.get(id)!),
  }));
  const looks = await lookFor(db, owing, at);
  return {
    emails: await writeLooks(db, looks, at),
    more: ids.length === pageSize ? [...accountIds] : [],
  };
}

/** An account and those of its people who are owed a look. */
interface Owing {
  account: Snapshot;
  people: Person[];
}

/** A look for each account at everything that is due for these people, whatever its frequency. */
export async function lookFor(
  db: Database,
  owing: readonly Owing[],
  at: At,
): Promise<Composition[]> {
  const { now, spread } = at;
  const looking = owing.map(({ account, people }) => {
    const recipients = people.map((person) => recipient(person, account));
    const after = oldestBookmark(people, recipients, { now, end: account.end });
    return { account, people, after, ...collectOwed(recipients) };
  });
  for (let reading = looking; reading.length > 0;) {
    reading = reading.filter(({ after, account }) => after < account.end);
    const pages = await readPages(db, reading, at);
    for (const [index, { events, upTo }] of pages.entries()) {
      reading[index]!.add(events);
      reading[index]!.after = upTo;
    }
  }
  return looking.map(({ account, people, owed }) => {
    const look = emptyLook(account, { upTo: account.end, now, dispatched: false, spread });
    for (const person of people) {
      const theirs = owed.get(person.id)!;
      const heldUntil = heldEnd(person, theirs, now);
      const due = dueFrequencies(person, { now, heldUntil });
      const pausedUntil = endedPause(person, now);
      const held = person.heldUntil !== null;
      take(look, person, {
        emails: composeEmails(theirs, { due, pausedUntil, held }),
        due,
        heldUntil,
      });
    }
    return look;
  });
}
