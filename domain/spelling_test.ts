import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { nearest, plain, rangesOf, slips, wordsOf } from "./spelling.ts";

Deno.test("neither capital letters nor accents make another word", () => {
  for (const [written, expected] of [["Éclair", "eclair"], ["ΟΔΟΣ", "οδοσ"], ["İzmir", "izmir"]]) {
    equal(plain(written!), expected);
  }
});

Deno.test("punctuation around a word is not part of it, punctuation within is", () => {
  deepEqual(wordsOf(" AV (Muxed), SDH/CC; M&E & “author's” ... 50% "), [
    ...["av", "muxed", "sdh/cc", "m&e", "&", "author's", "50%"],
  ]);
});

const distances: [typed: string, word: string, slips: number][] = [
  ["daily", "daily", 0],
  ["dayly", "daily", 1],
  ["daly", "daily", 1],
  ["dailyy", "daily", 1],
  ["dialy", "daily", 1],
  ["dayli", "daily", 2],
  ["weekly", "daily", Infinity],
  ["", "daily", Infinity],
  ["", "ab", 2],
];

Deno.test("a letter missing, added, wrong, or swapped with its neighbour is one slip", () => {
  for (const [typed, word, count] of distances) {
    equal(slips(typed, word, 2), count, `${typed} ${word}`);
    equal(slips(word, typed, 2), count, `${word} ${typed}`);
  }
});

Deno.test("a word is meant by the fewest slips, and need not be at its end", () => {
  const words = ["subtitle", "substitute", "branded", "brand", "2026"];
  deepEqual(nearest("subt", words), ["subtitle"]);
  deepEqual(nearest("subtitel", words), ["subtitle"]);
  deepEqual(nearest("brnad", words), ["branded", "brand"]);
  deepEqual(nearest("brandd", words), ["branded", "brand"]);
  deepEqual(nearest("sbt", words), []);
  deepEqual(nearest("2027", words), []);
});

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
