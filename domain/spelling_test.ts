import { deepEqual, equal } from "node:assert/strict";
import { nearest, plain, slips, wordsOf } from "./spelling.ts";

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
