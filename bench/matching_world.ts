import type { Condition } from "../domain/conditions.ts";
import type { Event, EventData } from "../domain/events.ts";
import { getOrAdd } from "../domain/maps.ts";
import { titleValue } from "../domain/titles.ts";
import { cast, manyAccounts } from "../demo/cast.ts";
import { type Chance, chanceOf } from "../demo/chance.ts";
import type { CastAccount } from "../demo/company.ts";
import { simulate } from "../demo/story.ts";

// Who asks for what, and what happens: the simulated world of 1,000 accounts, seventeen times over.

const worlds = 17;
/** 59 notifications in each of 17,000 accounts. */
const notificationsEach = 59;

const parties = manyAccounts(1_000);
/** The studio sees every event; the others are concerned by some. */
const partners = parties.filter(({ profile }) => profile !== "studio");
/** Those who have no part to play in the demo. */
const crowd = parties.slice(cast.length);

/** A notification and its position among those of its account. */
export interface Asked {
  type: string;
  conditions: Condition[];
  position: number;
}

export type Accounts = ReadonlyMap<string, Asked[]>;

/** An event, and the accounts that it concerns. */
export interface Happening {
  event: Event;
  accounts: string[];
}

/** What is new to an account: the way in which composing asks. */
export interface Page {
  account: string;
  events: Event[];
}

/** The notifications of each account, picked from those that simulated people of its profile have. */
export function* asking(): Generator<[account: string, Asked[]]> {
  const crowds = Map.groupBy(crowd, ({ profile }) => profile);
  const asked = new Map([...crowds].map(([profile, list]) => [profile, list.flatMap(askedBy)]));
  for (let world = 0; world < worlds; world += 1) {
    for (const { id, profile } of partners) {
      const chance = chanceOf(id, world);
      yield [nameIn(world, id), many(notificationsEach, () => chance.pick(asked.get(profile)!))];
    }
  }
}

function askedBy({ users }: CastAccount) {
  return users.flatMap(({ notifications }) => notifications);
}

function many(count: number, ask: () => Omit<Asked, "position">): Asked[] {
  return Array.from({ length: count }, (_, position) => {
    const { type, conditions } = ask();
    return { type, conditions, position };
  });
}

/** So many notifications of the studio: the same questions, most of them about one title or one partner of these events. */
export function studioAsks(count: number, happenings: readonly Happening[]): Asked[] {
  const chance = chanceOf("studio");
  const asked = crowd.flatMap(askedBy);
  return many(count, () => {
    const { type, conditions } = chance.pick(asked);
    const { event: { data } } = chance.pick(happenings);
    return { type, conditions: [...conditions, ...narrowed(chance, data)] };
  });
}

function narrowed(chance: Chance, { title, content_partner }: EventData): Condition[] {
  if (chance.happens(0.1)) return [];
  return chance.happens(0.6)
    ? [{ field: "title", op: "any", values: [titleValue(title!)] }]
    : [{ field: "content_partner", op: "any", values: [String(content_partner)] }];
}

/** So many events of ten days, each in one of the worlds. */
export function happen(count: number): Happening[] {
  const until = Date.parse("2026-11-20T00:00:00Z");
  const story = { accounts: parties.length, days: 10, perDay: count / 10, seed: 1, until };
  return [...simulate(story)].map(
    ({ type, time, subject, data: { accounts, ...data } }, index) => ({
      event: { seq: index + 1, type, time: Date.parse(time), subject, data },
      accounts: accounts.map((id) => nameIn(index % worlds, id)),
    }),
  );
}

function nameIn(world: number, id: string): string {
  return `${id}-of-${world}`;
}

/** The events of each account in a page, as one account is composed after the other. */
export function pagesOf(happenings: readonly Happening[]): Page[] {
  const pages = new Map<string, Event[]>();
  for (const { event, accounts } of happenings) {
    for (const account of accounts) getOrAdd(pages, account, (): Event[] => []).push(event);
  }
  return [...pages].map(([account, events]) => ({ account, events }));
}
