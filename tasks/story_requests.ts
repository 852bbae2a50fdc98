import { cast, type CastAccount, manyAccounts } from "./cast.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { clockOffset } from "./story_hours.ts";
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

export type Craft = "video" | "audio" | "timed text" | "documents";

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

const sourceTypes = {
  "av-muxed": 14,
  "secondary-av-muxed": 4,
  "secondary-video": 4,
  "secondary-audio": 16,
  "audio-description": 6,
  "audio-m-and-e": 5,
  "audio-print-master": 5,
  "imf": 10,
  "non-imf-delivery": 3,
  "production-locked-proxy": 4,
  "final-proxy": 3,
  "subtitle": 16,
  "forced-subtitle": 6,
  "sdh-cc": 7,
  "final-script": 3,
  "dub-cards": 3,
  "music-cue-sheet": 3,
};

/** The sources that are made for a market; the others are in the language of the title. */
const translated = new Set(["secondary-audio", "subtitle", "forced-subtitle", "dub-cards"]);

const markets: [language: string, territory: string][] = [
  ["es", "ES"],
  ["es-419", "MX"],
  ["pt-BR", "BR"],
  ["pt-PT", "PT"],
  ["fr", "FR"],
  ["fr-CA", "CA"],
  ["de", "DE"],
  ["it", "IT"],
  ["ko", "KR"],
  ["ja", "JP"],
  ["zh-Hant", "TW"],
  ["hi", "IN"],
  ["ta", "IN"],
  ["th", "TH"],
  ["id", "ID"],
  ["tr", "TR"],
  ["pl", "PL"],
  ["nl", "NL"],
  ["sv", "SE"],
  ["ar", "EG"],
];

function craftOf(sourceType: string): Craft {
  if (/subtitle|sdh/.test(sourceType)) return "timed text";
  if (/script|cards|cue-sheet/.test(sourceType)) return "documents";
  return /^secondary-audio|^audio/.test(sourceType) ? "audio" : "video";
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
