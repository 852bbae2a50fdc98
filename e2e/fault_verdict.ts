import { deepEqual, ok } from "node:assert/strict";
import { acceptedIn, type Heard } from "./mailgun_api.ts";
import { type Happening, type Reader, reasonsFor } from "./reference.ts";

/** Fails where somebody missed something, heard of it twice or of what is not theirs, or where an email was posted again unasked; returns how many emails there were. */
export function judge(log: Heard[], readers: Reader[], events: Happening[]): number {
  const messages = acceptedIn(log);
  const owed = readers.flatMap((reader) =>
    events.filter((event) => reasonsFor(reader, event).length > 0)
      .map(({ subject }) => `${reader.email} hears of ${subject}`)
  );
  const told = messages.flatMap(({ to, text }) =>
    [...new Set(text!.match(/SR-9\d{6}/g))].map((subject) => `${to} hears of ${subject}`)
  );
  const [isOwed, isTold] = [new Set(owed), new Set(told)];
  ok(owed.length > events.length, `only ${owed.length} things were owed`);
  deepEqual({
    toldTwice: repeatsIn(told),
    acceptedTwice: repeatsIn(messages.map((message) => message["v:email-id"]!)),
    postedUnasked: postedUnasked(log),
    missed: owed.filter((each) => !isTold.has(each)),
    unwanted: told.filter((each) => !isOwed.has(each)),
  }, { toldTwice: [], acceptedTwice: [], postedUnasked: [], missed: [], unwanted: [] });
  return messages.length;
}

/** The messages that were posted again although nobody had asked what became of them since. */
function postedUnasked(log: Heard[]): string[] {
  const uncertain = new Set<string>();
  return log.flatMap((heard) => {
    if ("askedAbout" in heard) {
      uncertain.delete(heard.askedAbout);
      return [];
    }
    const isUnasked = uncertain.has(heard.posted);
    uncertain.add(heard.posted);
    return isUnasked ? [heard.posted] : [];
  });
}

/** What stands in a list more than once. */
export function repeatsIn(list: string[]): string[] {
  return list.filter((each, index) => list.indexOf(each) !== index);
}
