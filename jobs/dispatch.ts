import type { Frequency } from "../domain/catalogue.ts";
import { collectOwed, composeEmails } from "../domain/compose.ts";
import { heldEnd, isCatchingUp, isQuiet, type Person, recipient } from "../domain/recipients.ts";
import type { Database } from "../db/client.ts";
import { loadSnapshots } from "../db/composing.ts";
import type { Composition } from "../db/composition.ts";
import type { Listeners } from "../db/listeners.ts";
import { loadPeople } from "../db/recipients.ts";
import { lookFor } from "./due.ts";
import { emptyLook, type Looked, take, writeLooks } from "./look.ts";
import { type At, type Page, readPages } from "./pages.ts";

/** Composes the immediate emails of accounts for the next page of their logs. */
export async function dispatchPages(
  db: Database,
  accountIds: readonly string[],
  { listeners, ...at }: At & { listeners: Listeners },
): Promise<Looked> {
  const accounts = await loadSnapshots(db, accountIds);
  const auditions = await listeners.load(accounts);
  const places = accounts.map((account) => {
    const { oldest } = auditions.get(account.id)!;
    return { account, after: Math.max(account.dispatched, Math.min(oldest, account.end)) };
  });
  const pages = await readPages(db, places, at);
  const news = pages.filter(({ account, upTo }) => upTo > account.dispatched);
  if (news.length === 0) return { emails: 0, more: [] };
  const reached = news.map(({ account, events }) => auditions.get(account.id)!.reachedBy(events));
  const people = new Map(
    (await loadPeople(db, reached.flat(), at.now)).map((each) => [each.id, each]),
  );
  return await composeNews(db, {
    at,
    news: news.map((page, index) => ({
      page,
      people: reached[index]!.flatMap((id) => people.get(id) ?? []).filter(({ behind }) => !behind),
    })),
  });
}

/** What stands on a page, and whom it may concern. */
interface News {
  page: Page;
  people: Person[];
}

async function composeNews(
  db: Database,
  { news, at }: { news: News[]; at: At },
): Promise<Looked> {
  const returning = news.map(({ page: { account }, people }) => ({
    account,
    people: people.filter((each) => isCatchingUp(each, at.now) && !isQuiet(each, at.now)),
  })).filter(({ people }) => people.length > 0);
  // Whoever catches up gets everything that is owed, not only what lies on this page; where that is nothing, the page goes on.
  const catchingUp = (await lookFor(db, returning, at)).filter(({ emails }) => emails.length > 0);
  const later = new Set(catchingUp.map(({ account }) => account.id));
  const looks = [
    ...catchingUp,
    ...news.filter(({ page }) => !later.has(page.account.id)).map((each) => lookAt(each, at.now)),
  ];
  const unfinished = news.filter(({ page: { account, upTo } }) =>
    later.has(account.id) || upTo < account.end
  );
  return {
    emails: await writeLooks(db, looks, at),
    more: unfinished.map(({ page }) => page.account.id),
  };
}

const immediately: ReadonlySet<Frequency> = new Set(["immediately" as const]);

function lookAt({ page: { account, events, upTo }, people }: News, now: number): Composition {
  const { add, owed } = collectOwed(people.map((person) => recipient(person, account)));
  add(events);
  const look = emptyLook(account, { upTo, now, dispatched: true });
  for (const person of people) {
    const theirs = owed.get(person.id)!;
    const until = heldEnd(person, theirs, now);
    if (until !== null) {
      look.held.push({ userId: person.id, until });
      continue;
    }
    const emails = composeEmails(theirs, { due: immediately, pausedUntil: null, held: false });
    take(look, person, { emails, due: immediately, heldUntil: null });
  }
  return look;
}
