import { manyAccounts } from "../demo/cast.ts";
import type { CastAccount } from "../demo/company.ts";
import type { CloudEvent } from "../demo/story.ts";

// The studio that lives through a year, and its groups of accounts, each with a database of its own.

export interface YearOptions {
  accounts: number;
  /** In all accounts together. */
  people: number;
  /** Events, of all accounts together. */
  perDay: number;
  days: number;
  retentionDays: number;
  groups: number;
  /** When it begins, in milliseconds. */
  start: number;
}

/** The accounts of a group, from 0, with their people; the groups are about as large. */
export function accountsOf(
  { accounts, people, groups }: Pick<YearOptions, "accounts" | "people" | "groups">,
  group: number,
): CastAccount[] {
  return peopled(manyAccounts(accounts), people)
    .sort((a, b) => b.users.length - a.users.length)
    .filter((_, index) => index % groups === group);
}

/** The accounts with about so many people: everybody is there so often, each time at another address. The studio has no more of its own. */
function peopled(accounts: CastAccount[], people: number): CastAccount[] {
  const studios = accounts.filter(({ profile }) => profile === "studio");
  const others = accounts.filter(({ profile }) => profile !== "studio");
  const times = (people - sizeOf(studios)) / sizeOf(others);
  return [
    ...studios,
    ...others.map((account) => ({ ...account, users: repeated(account, times) })),
  ];
}

function repeated({ users }: CastAccount, times: number): CastAccount["users"] {
  return Array.from({ length: Math.max(1, Math.round(users.length * times)) }, (_, index) => {
    const user = users[index % users.length]!;
    const round = Math.floor(index / users.length);
    if (round === 0) return user;
    return { ...user, id: `${user.id}~${round}`, email: `${round}.${user.email}` };
  });
}

/** How many people these accounts have. */
export function sizeOf(accounts: readonly CastAccount[]): number {
  return accounts.reduce((sum, { users }) => sum + users.length, 0);
}

/** The events that a group hears of, as they are told there. The studio hears of those that concern none of the others, too. */
export function* toldIn(
  accounts: CastAccount[],
  events: Iterable<CloudEvent>,
): Generator<CloudEvent> {
  const here = new Set(accounts.map(({ id }) => id));
  const studio = accounts.find(({ profile }) => profile === "studio");
  for (const event of events) {
    const known = event.data.accounts.filter((id) => here.has(id));
    if (known.length === 0 && studio) known.push(studio.id);
    if (known.length > 0) yield { ...event, data: { ...event.data, accounts: known } };
  }
}
