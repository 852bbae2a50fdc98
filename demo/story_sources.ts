// The sources of a title that can be requested.

export type Craft = "video" | "audio" | "timed text" | "documents";

/** What the studio asks for, and how often. */
export const sourceTypes = {
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
export const translated = new Set(["secondary-audio", "subtitle", "forced-subtitle", "dub-cards"]);

/** Where titles launch, and in which language. */
export const markets: [language: string, territory: string][] = [
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

/** Who makes a source of this type. */
export function craftOf(sourceType: string): Craft {
  if (/subtitle|sdh/.test(sourceType)) return "timed text";
  if (/script|cards|cue-sheet/.test(sourceType)) return "documents";
  return /^secondary-audio|^audio/.test(sourceType) ? "audio" : "video";
}
