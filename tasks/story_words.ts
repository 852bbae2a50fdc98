import { eventTypes } from "../domain/catalogue.ts";
import { valueLabel } from "../domain/conditions.ts";
import type { Craft } from "./story_requests.ts";
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
const hourText = (at: number) => `${hourFormat.format(at).replace(",", "")} UTC`;

/** "Subtitle in Brazilian Portuguese, season 2". */
function sourceText({ request: { facts } }: Life): string {
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

function partnerName({ request: { fulfillment, studio } }: Life): string {
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
  "technical-issue": "The encode has to be run again",
  "awaiting-approval": "Ready, but waiting for approval of the creative team",
  "capacity": "The mixing stage is fully booked this week",
  "other": "Local holidays at the vendor",
};

export function estimateWords(_life: Life, reason: string, estimate: number): string {
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

const upgrades: Record<string, string> = {
  "better-source": "A UHD scan of the original negative was found",
  "new-version": "A director's cut replaces the version that was requested",
  "format-change": "Now wanted as Dolby Vision and 5.1 instead of SDR and stereo",
};

export function upgradedWords(_life: Life, reason: string): string {
  return upgrades[reason]!;
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

export function redeliveredWords(life: Life): string {
  return `Delivered again by ${partnerName(life)}, with the fixes that were asked for`;
}

export function processedWords(duration: number): string {
  return `Ingested and proxied in ${Math.round(duration / 60_000)} minutes`;
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

export function canceledWords(_life: Life, reason: string): string {
  return cancellations[reason]!;
}

const inspections: Record<string, string> = {
  "auto-qc": "Auto QC",
  "photon": "Photon",
  "manual": "The manual inspection",
};

export function inspectionWords(life: Life, inspection: string, errors: number): string {
  const count = errors === 1 ? "one error" : `${errors} errors`;
  return `${inspections[inspection]} found ${count}, the first at ${timecode(life)}`;
}

/** Reasons as often as their craft meets them. */
export function redeliveryReasonOf({ chance, request }: Life): string {
  const anyCraft = { "wrong-version": 12, "corrupt-file": 8, "metadata": 10 };
  const byCraft: Record<Craft, Record<string, number>> = {
    "video": { "video-quality": 50, "audio-sync": 20, ...anyCraft },
    "audio": { "audio-sync": 35, "audio-quality": 35, ...anyCraft },
    "timed text": { "timed-text": 70, ...anyCraft },
    "documents": { "wrong-version": 50, "metadata": 40, "corrupt-file": 10 },
  };
  return chance.weighted(byCraft[request.craft]);
}

export function redeliveryWords(life: Life, reason: string): string {
  const at = timecode(life);
  const { chance } = life;
  const faults: Record<string, string[]> = {
    "audio-sync": [`Audio drift from ${at}`, `Sync off by ${chance.whole(2, 9)} frames at ${at}`],
    "audio-quality": [`Clicks on the centre channel at ${at}`, `Loudness above target from ${at}`],
    "video-quality": [`Dead pixels at ${at}`, `Macroblocking in dark scenes from ${at}`],
    "timed-text": [
      `Events overlap at ${at}`,
      `Subtitles ${chance.whole(8, 30)} frames late at ${at}`,
    ],
    "wrong-version": ["This is the previous cut: please deliver the locked version"],
    "corrupt-file": ["The file ends early and its checksum does not match"],
    "metadata": ["The language tag in the file is not the one requested"],
  };
  return chance.pick(faults[reason]!);
}

const kinds: Record<string, string> = {
  "full": "Full QC",
  "spot": "Spot QC",
  "fix-check": "Check of the fixes",
};

export function taskWords(life: Life, kind: string, due: number): string {
  return `${kinds[kind]} of ${sourceText(life)} by ${hourText(due)}`;
}

export function nearWords(_life: Life, kind: string, due: number): string {
  return `${kinds[kind]} has no report yet and is due ${hourText(due)}`;
}

const results: Record<string, string[]> = {
  "pass": ["No issues found", "All checks passed"],
  "pass-with-notes": [
    "Minor issues noted, none of them blocks the launch",
    "Passed; see the notes on end credits",
  ],
  "fail": ["Blocking issues found: a redelivery is needed", "Failed: see the marked timecodes"],
};

export function reportWords({ chance }: Life, result: string): string {
  return chance.pick(results[result]!);
}
