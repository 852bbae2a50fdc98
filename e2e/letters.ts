import { equal } from "node:assert/strict";
import type { Email } from "../domain/email.ts";

// An email as its reader reads it: from the text and the headers alone.

export interface Letter {
  id: string;
  to: string;
  frequency: string;
  account: string;
  /** The event types that a mailbox rule could go by. */
  types: string[];
  entries: Entry[];
  /** How many more events there are than are written out. */
  left: number;
}

/** Where a request stands: its newest event, and those before it. */
export interface Entry {
  request: string;
  label: string;
  /** What happened before, the newest first, by its label. */
  earlier: string[];
  /** The ids of the notifications that it names as reasons, in order. */
  reasons: number[];
}

export function readLetter({ id, to, text, headers }: Email): Letter {
  const frequency = headers["X-Callboard-Frequency"]!;
  return {
    id,
    to,
    frequency,
    account: headers["X-Callboard-Account"]!,
    types: headers["X-Callboard-Event-Types"]!.split(", "),
    entries: entriesOf(text),
    left: eventsLeft(text),
  };
}

/** What did not fit: "and 480 more (2310 events), of which 12 need action:". */
function eventsLeft(text: string): number {
  const [, requests = "0", events] =
    /^and (\d+) more(?: \((\d+) events\))?(?:,.*)?:$/m.exec(text) ??
      [];
  return Number(events ?? requests);
}

function entriesOf(text: string): Entry[] {
  const links = text.matchAll(/^(?:Why: )?(.+)\nSee it: .*\/notifications\/(\d+)$/gm);
  const bySentence = Map.groupBy(links, ([, sentence]) => sentence!);
  const reasonsIn = (part: string) => {
    const sentences = [...part.matchAll(/^Why: (.+)$/gm)].flatMap(([, whys]) => whys!.split("; "));
    return sentences.map((sentence, index) => {
      // Two notifications may read the same; each is named once.
      const ids = [...new Set(bySentence.get(sentence)?.map(([, , id]) => Number(id)))];
      const id = ids[sentences.slice(0, index).filter((each) => each === sentence).length];
      if (id === undefined) throw new Error(`Nothing leads to the reason "${sentence}":\n${text}`);
      return id;
    }).sort((a, b) => a - b);
  };
  const parts = text.split(/^(?=SR-\d+: )/m);
  if (parts.length > 1) return parts.slice(1).map((part) => entryOf(part, reasonsIn(part)));
  return [{
    request: /\((SR-\d+)\)$/m.exec(text)![1]!,
    label: /^(.+?) · /m.exec(text)![1]!,
    earlier: [],
    reasons: reasonsIn(text),
  }];
}

function entryOf(part: string, reasons: number[]): Entry {
  const [, request, label] = /^(SR-\d+): (.+)$/m.exec(part)!;
  return { request: request!, label: label!, earlier: earlierIn(part), reasons };
}

/** "3 earlier: Comment Added ×2, Source Delivered", each by its label. */
function earlierIn(part: string): string[] {
  const [, amount, list] = /^(\d+) earlier: (.+)$/m.exec(part) ?? [];
  if (!list) return [];
  const labels = list.split(", ").flatMap((each) => {
    const [, label = "", times = "1"] = /^(.+?)(?: ×(\d+))?$/.exec(each)!;
    return Array<string>(Number(times)).fill(label);
  });
  equal(labels.length, Number(amount));
  return labels;
}
