import { cast, manyAccounts } from "./cast.ts";
import type { CastAccount } from "./company.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { clockOffset } from "./story_hours.ts";
import { type Craft, craftOf, markets, sourceTypes, translated } from "./story_sources.ts";
import { type StoryTitle, titlesOf } from "./story_titles.ts";

// Who there is, what titles there are, and what one source request asks of whom.

/** An account that takes part; `offset` is its office's clock, ahead of UTC. */
export interface Party {
  account: CastAccount;
  offset: number;
}

export interface World {
  seed: number;
  content: Party[];
  fulfillment: Party[];
  qc: Party[];
  /** It runs every request, also where its account is not among those that were asked for. */
  studio: Party;
  titles: StoryTitle[];
}

export interface StoryRequest {
  title: StoryTitle;
  /** What every event of the request says alike. */
  facts: Record<string, string>;
  craft: Craft;
  content: Party;
  fulfillment?: Party | undefined;
  qc?: Party | undefined;
  studio: Party;
  /** Days from its creation until it is due. */
  lead: number;
  chance: Chance;
}

/** The world of the first so many accounts, their clocks as they stand at an instant. */
export function worldOf(
  { accounts, seed, titles, at }: { accounts: number; seed: number; titles: number; at: number },
): World {
  const known = manyAccounts(accounts);
  const party = (account: CastAccount) => ({ account, offset: clockOffset(account.zone, at) });
  const parties = (profile: string) =>
    known.filter((account) => account.profile === profile).map(party);
  const content = parties("content");
  return {
    seed,
    content,
    fulfillment: parties("fulfillment"),
    qc: parties("qc"),
    studio: party(cast.find(({ profile }) => profile === "studio")!),
    titles: titlesOf(content.map(({ account }) => account), titles),
  };
}

/** The request of this number: always the same in the same world. */
export function requestOf(world: World, number: number): StoryRequest {
  const chance = chanceOf("request", world.seed, number);
  const title = world.titles[skewed(world.titles.length, chance)]!;
  const sourceType = chance.weighted(sourceTypes);
  const fulfillment = world.fulfillment[skewed(world.fulfillment.length, chance)];
  const [language, territory] = translated.has(sourceType)
    ? chance.pick(markets)
    : [title.language, title.territory];
  return {
    title,
    facts: {
      content_type: title.contentType,
      source_type: sourceType,
      language,
      territory,
      movie_id: title.movieId,
      package_id: title.packageId,
      ...(title.season ? { season: title.season } : {}),
      content_partner: title.partner.id,
      ...(fulfillment ? { fulfillment_partner: fulfillment.account.id } : {}),
      priority: priorityOf(title, chance),
    },
    craft: craftOf(sourceType),
    content: world.content.find(({ account }) => account === title.partner)!,
    fulfillment,
    qc: world.qc[skewed(world.qc.length, chance)],
    studio: world.studio,
    lead: leadOf(title, chance),
    chance,
  };
}

/** An index of a list whose first members come up more often: the big partners, the running titles. */
function skewed(length: number, chance: Chance): number {
  return Math.floor(length * chance.fraction() ** 1.5);
}

function isBroadcast(title: StoryTitle): boolean {
  return title.contentType.endsWith("-broadcast");
}

function leadOf(title: StoryTitle, chance: Chance): number {
  return isBroadcast(title) ? chance.whole(2, 5) : chance.whole(9, 32);
}

function priorityOf(title: StoryTitle, chance: Chance): string {
  return isBroadcast(title)
    ? chance.weighted({ normal: 10, high: 50, urgent: 40 })
    : chance.weighted({ low: 14, normal: 60, high: 20, urgent: 6 });
}
