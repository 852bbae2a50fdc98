import type { Craft } from "./story_sources.ts";
import type { Life } from "./story_telling.ts";
import { hourText, partnerName, sourceText, timecode } from "./story_words.ts";

// The summaries from the first inspection on, as those write them who look closely.

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

export function nearWords(kind: string, due: number): string {
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

export function redeliveredWords(life: Life): string {
  return `Delivered again by ${partnerName(life)}, with the fixes that were asked for`;
}

export function processedWords(duration: number): string {
  return `Ingested and proxied in ${Math.round(duration / 60_000)} minutes`;
}
