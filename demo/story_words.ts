import { eventTypes } from "../domain/catalogue.ts";
import { valueLabel } from "../domain/sentences.ts";
import type { Craft } from "./story_sources.ts";
import type { Life } from "./story_telling.ts";

// The summaries: one or two sentences each, as people of the trade write them.

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
const hourFormat = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

const dayText = (at: number) => dayFormat.format(at).replace(",", "");
export const hourText = (at: number) => `${hourFormat.format(at).replace(",", "")} UTC`;

/** "Subtitle in Brazilian Portuguese, season 2". */
export function sourceText({ request: { facts } }: Life): string {
  const fields = eventTypes["source-request.created"]!.fields;
  const source = valueLabel(fields.source_type!, facts.source_type!);
  const season = facts.season ? `, season ${facts.season}` : "";
  return `${source} in ${languageText(facts.language!)}${season}`;
}

/** Asked for each event, while the platform takes long to answer. */
const languageTexts = new Map<string, string>();

export function languageText(tag: string): string {
  const known = languageTexts.get(tag);
  if (known) return known;
  const text = valueLabel({ label: "language", kind: "language" }, tag);
  languageTexts.set(tag, text);
  return text;
}

export function partnerName({ request: { fulfillment, studio } }: Life): string {
  return (fulfillment ?? studio).account.name;
}

/** A timecode within the first two hours. */
export function timecode({ chance }: Life): string {
  const two = (most: number) => `${chance.whole(0, most)}`.padStart(2, "0");
  return `0${chance.whole(0, 1)}:${two(59)}:${two(59)}:${two(23)}`;
}

export function createdWords(life: Life): string {
  return `${sourceText(life)}, due ${dayText(life.due)}`;
}

export function assignedWords(life: Life): string {
  return `${life.assignee} of ${partnerName(life)} takes it`;
}

export function unassignedWords(life: Life): string {
  return life.chance.pick([
    `${life.assignee} is booked on another title: waiting for a new assignee`,
    `Released by ${partnerName(life)}: no capacity this week`,
    `${life.assignee} is out of office: to be assigned again`,
  ]);
}

export function movedWords(life: Life, due: number): string {
  const launch = due > life.due ? "The launch moved back" : "The launch was brought forward";
  const why = life.chance.pick([
    launch,
    "The dubbing schedule changed",
    "Marketing moved the date",
  ]);
  return `${why}: ${dayText(due)} instead of ${dayText(life.due)}`;
}

const delays: Record<string, string> = {
  "materials-late": "Still waiting for materials from the content partner",
  "technical-issue": "An export failed and has to be run again",
  "awaiting-approval": "Ready, but waiting for approval of the creative team",
  "capacity": "The team is fully booked this week",
  "other": "Local holidays at the vendor",
};

export function estimateWords(reason: string, estimate: number): string {
  return `${delays[reason]}: now expected ${dayText(estimate)}`;
}

const materialsByCraft: Record<Craft, string[]> = {
  "video": ["Graded master", "Texted and textless elements", "Edit decision list", "Archive tapes"],
  "audio": ["Dialogue stems", "Locked proxy", "Pronunciation guide", "Music and effects stems"],
  "timed text": ["Locked proxy", "Dialogue list", "Key names and phrases", "Burned-in text list"],
  "documents": ["As-broadcast script", "Composer's cue list", "Continuity notes"],
};

export function materialOf({ chance, request }: Life): string {
  return chance.pick(materialsByCraft[request.craft]);
}

export function receivedWords({ chance, request }: Life, material: string): string {
  const season = request.facts.season;
  const what = season ? `${material} for season ${season}` : material;
  return chance.pick([`${what} arrived and checksums match`, `${what} arrived`]);
}

export function updatedWords({ chance }: Life, material: string): string {
  return `${material} replaced by version ${chance.whole(2, 4)}: please work from the new one`;
}

const betterSources: Record<Craft, string> = {
  "video": "A UHD scan of the original negative was found",
  "audio": "The original stems were found",
  "timed text": "A proofread dialogue list was found",
  "documents": "The author's own file replaces the scan",
};

const otherFormats: Record<Craft, string> = {
  "video": "Now wanted in Dolby Vision instead of SDR",
  "audio": "Now wanted in 5.1 instead of stereo",
  "timed text": "Now wanted as IMSC 1.1 instead of DFXP",
  "documents": "Now wanted as a spreadsheet instead of a PDF",
};

export function upgradedWords({ request: { craft } }: Life, reason: string): string {
  if (reason === "better-source") return betterSources[craft];
  if (reason === "format-change") return otherFormats[craft];
  return "The director's cut replaces the version that was requested";
}

export function warningWords(life: Life, area: string, due: number): string {
  const when = due % 86_400_000 === 0 ? dayText(due) : hourText(due);
  const why: Record<string, string> = {
    "asset-delivery": "Nothing was delivered yet",
    "materials": "Materials are still missing",
    "assignment": `${life.assignee} has not confirmed yet`,
  };
  return `${why[area]} and it is due ${when}`;
}

export function deliveredWords(life: Life): string {
  return `${sourceText(life)}, delivered by ${partnerName(life)}`;
}

export function acceptedWords(life: Life): string {
  return `${sourceText(life)} is complete: nothing is left to do`;
}

const cancellations: Record<string, string> = {
  "no-longer-needed": "The territory launches without it",
  "duplicate-request": "The same source was requested twice",
  "title-withdrawn": "The title was withdrawn from the line-up",
  "created-in-error": "Requested for the wrong version",
};

export function canceledWords(reason: string): string {
  return cancellations[reason]!;
}
