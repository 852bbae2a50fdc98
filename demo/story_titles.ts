import type { CastAccount } from "./company.ts";
import { type Chance, chanceOf } from "./chance.ts";

// Invented titles. The studio orders many sources of each, so that a title is a thread through the story.

export interface StoryTitle {
  id: string;
  name: string;
  movieId: string;
  packageId: string;
  /** Absent for a film. */
  season?: string;
  contentType: string;
  /** BCP 47: what it was shot in; and the ISO 3166 code of where. */
  language: string;
  territory: string;
  partner: CastAccount;
}

const openings =
  "Quiet Northern Paper Hollow Salt Silver Last Borrowed Crooked Winter Glass Second Distant Velvet Broken Hidden Copper Restless Midnight Gentle Burning Scarlet Patient Lonely Golden Wandering Seventh Little Drowned Electric"
    .split(" ");
const things =
  "Orchard Ledger Tide Lantern Province Harvest Signal Witness Corridor Kingdom Hour Compass Summer Inheritance River Cartographer Garden Alibi Wavelength Apartment Horizon Rehearsal Monsoon Lighthouse Station Parade Interpreter Weather Shore Almanac"
    .split(" ");

/** Where films and series come from, as language and territory; the home of an office first. */
const origins: [zone: RegExp, language: string, territory: string][] = [
  [/London/, "en-GB", "GB"],
  [/Madrid/, "es", "ES"],
  [/Sydney/, "en-AU", "AU"],
  [/Seoul/, "ko", "KR"],
  [/Tokyo/, "ja", "JP"],
  [/Kolkata/, "hi", "IN"],
  [/Sao_Paulo/, "pt-BR", "BR"],
  [/Mexico_City|Bogota/, "es-419", "MX"],
  [/Paris/, "fr", "FR"],
  [/Berlin/, "de", "DE"],
  [/Warsaw/, "pl", "PL"],
  [/Istanbul/, "tr", "TR"],
  [/Bangkok/, "th", "TH"],
  [/Jakarta/, "id", "ID"],
  [/Cairo|Dubai/, "ar", "EG"],
  [/Los_Angeles|New_York|Chicago/, "en", "US"],
];

/** So many titles, spread over the content partners; every partner has the first of its own. */
export function titlesOf(partners: readonly CastAccount[], count: number): StoryTitle[] {
  return Array.from({ length: Math.max(count, partners.length) }, (_, index) => {
    return titleOf(partners[index % partners.length]!, index);
  });
}

function titleOf(partner: CastAccount, index: number): StoryTitle {
  const chance = chanceOf("title", index);
  const id = 81_234_567 + index * 1_733;
  const isSeries = chance.happens(0.6);
  const [, language, territory] = originOf(partner, chance);
  return {
    id: `${id}`,
    name: index === 0 ? "Harbour Lights" : nameOf(index, chance),
    movieId: `${id + chance.whole(100, 1_500)}`,
    packageId: `PKG-${410_000 + index * 17 + chance.whole(0, 16)}`,
    ...(isSeries ? { season: `${chance.whole(1, 6)}` } : {}),
    contentType: contentTypeOf(index, isSeries, chance),
    language,
    territory,
    partner,
  };
}

function contentTypeOf(index: number, isSeries: boolean, chance: Chance): string {
  if (index === 0) return "branded";
  const broadcast = isSeries ? 10 : 0;
  return chance.weighted({
    "original": 35,
    "licensed": 30,
    "branded": 25,
    "day-of-broadcast": broadcast,
    "day-after-broadcast": broadcast,
  });
}

function originOf(partner: CastAccount, chance: Chance) {
  const home = origins.find(([zone]) => zone.test(partner.zone));
  return home && chance.happens(0.75) ? home : chance.pick(origins);
}

/** Every pair of words once before one comes again. */
function nameOf(index: number, chance: Chance): string {
  const pair = (index * 367) % (openings.length * things.length);
  const opening = openings[Math.floor(pair / things.length)]!;
  const thing = things[pair % things.length]!;
  return chance.happens(0.5) ? `The ${opening} ${thing}` : `${opening} ${thing}`;
}
