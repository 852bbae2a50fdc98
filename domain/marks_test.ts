import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { rangesOf } from "./marks.ts";
import { plain } from "./spelling.ts";

function marked(text: string, words: string[]): string {
  const ranges = rangesOf(text, words).toReversed();
  return ranges.reduce(
    (rest, [from, to]) => `${rest.slice(0, from)}[${rest.slice(from, to)}]${rest.slice(to)}`,
    text,
  );
}

const texts: [text: string, words: string[], expected: string][] = [
  ["Redelivery Requested", ["req", "deliv"], "Re[deliv]ery [Req]uested"],
  ["Redelivery Requested", ["requested", "redelivery"], "[Redelivery Requested]"],
  ["Éclairage d'ÉTÉ", ["eclair", "ete"], "[Éclair]age d'[ÉTÉ]"],
  ["E\u0301clair", ["e"], "[E\u0301]clair"],
  ["Banana", ["an", "na"], "B[anana]"],
  ["각국", ["ᄀ"], "[각국]"],
  ["🎬 Day", ["day", "🎬"], "[🎬 Day]"],
  ["Daily", ["weekly"], "Daily"],
];

Deno.test("words are found in a text as it is written", () => {
  for (const [text, words, expected] of texts) equal(marked(text, words), expected);
});

Deno.test("ranges are in order, apart, within the text, and hold what was looked for", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 30 });
  fc.assert(fc.property(text, fc.nat(30), fc.nat(30), (text, from, length) => {
    const word = [...plain(text)].slice(from, from + length).join("");
    fc.pre(word.trim() !== "");
    const ranges = rangesOf(text, [word]);
    ok(ranges.length > 0);
    ranges.forEach(([from, to], nth) => {
      ok(from < to && to <= text.length && from >= (ranges[nth - 1]?.[1] ?? 0));
      ok(plain(text.slice(from, to)).includes(word));
    });
  }));
});
