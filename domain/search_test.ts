import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import type { Condition } from "./conditions.ts";
import { readableQuery, search, type Searchable, searchIndex } from "./search.ts";
import { notificationSentence } from "./sentences.ts";
import { plain, wordsOf } from "./spelling.ts";

const base = { bookmark: 0, mutedAt: null, mutedUntil: null, version: 1, granted: true };
const redelivery = "source-request.redelivery-requested";
const any = (field: string, ...values: string[]): Condition => ({ field, op: "any", values });
const none = (field: string, ...values: string[]): Condition => ({ field, op: "none", values });

const all: Searchable[] = [
  { ...base, id: 1, kind: "default", type: redelivery, conditions: [], frequency: "immediately" },
  {
    ...base,
    id: 2,
    kind: "custom",
    type: redelivery,
    conditions: [
      any("content_type", "branded"),
      none("source_type", "video-and-audio"),
      any("title", "Éclairage d'été"),
    ],
    frequency: "daily",
    mutedAt: 5,
  },
  {
    ...base,
    id: 3,
    kind: "custom",
    type: "source-request.created",
    conditions: [{ field: "due", op: "within", value: 3 }, any("language", "ko")],
    frequency: "weekly",
    granted: false,
  },
  {
    ...base,
    id: 4,
    kind: "custom",
    type: "source-request.comment-added",
    conditions: [
      any("language", "pt-BR"),
      any("source_type", "subtitle"),
      any("title", "t-204", "t-7\tA Long Winter"),
    ],
    frequency: "hourly",
    mutedAt: 5,
    mutedUntil: 900,
  },
  {
    ...base,
    id: 5,
    kind: "custom",
    type: "material.received",
    conditions: [any("title", "🎬 לילה"), any("material", "100%", "dub_cards")],
    frequency: "hourly",
  },
];
const index = searchIndex(
  all,
  new Map([
    ["t-204", "Nocturne for Two"],
    ["t-7", "A Short Winter"],
  ]),
);

function idsFound(query: string): number[] {
  return search(index, query).notifications.map(({ id }) => id);
}

const searches: [query: string, found: number[], what: string][] = [
  ["", [1, 2, 3, 4, 5], "nothing asked finds everything"],
  ["  ", [1, 2, 3, 4, 5], "spaces ask nothing"],
  ["redelivery", [1, 2], "the event type"],
  ["REDELIVERY requested", [1, 2], "case does not matter"],
  ["requested redelivery", [1, 2], "nor does the order of words"],
  ["delivery", [1, 2], "a part of a word"],
  ["content type", [2], "a field"],
  ["branded", [2], "a value"],
  ["video & audio", [2], "a group of values"],
  ["video and audio", [2], "a group, as people write it"],
  ["imf", [2], "a group by its member"],
  ["timed text", [4], "a member by its group"],
  ["korean", [3], "a language by its name"],
  ["ko", [3], "a language by its tag"],
  ["portuguese pt-br", [4], "a regional one by both"],
  ["nocturne", [4], "a title that is asked for by its id, by its name"],
  ["t-204", [4], "and by its id"],
  ["t-7 long winter", [4], "a title that was chosen, by its id and its name"],
  ["short winter", [4], "and by the name that it has now"],
  ["한국어", [3], "a language as its speakers call it"],
  ["3 days", [3], "an amount"],
  ["eclairage", [2], "accents do not matter"],
  ["ÉTÉ", [2], "nor do they in the query"],
  ["daily", [2], "the frequency"],
  ["immediately", [1], "the fastest frequency"],
  ["default", [1], "the kind"],
  ["custom weekly", [3], "the kind and the frequency"],
  ["muted", [2, 4], "the state"],
  ["snoozed", [4], "a mute that ends by itself"],
  ["active", [1, 3, 5], "the other state"],
  ["needs a role", [3], "a role that is missing"],
  ["branded weekly", [], "every word must be found in the same notification"],
  ["redelvery req", [1, 2], "a letter missing, and a word that is not finished"],
  ["redleivery", [1, 2], "two letters swapped"],
  ["rediliverry", [1, 2], "two slips in a long word"],
  ["brannded", [2], "a letter too many"],
  ["korena", [3], "a slip in a language"],
  ["brnd", [2], "a slip in four letters"],
  ["krn", [], "three letters forgive nothing"],
  ["bandeid", [], "two slips in a short word are another word"],
  ["polish", [], "a word that is right but that nothing has is no slip"],
  ["4 days", [], "another number is another thing"],
  ['"content type is branded"', [2], "a phrase as it stands there"],
  ["“type is branded”", [2], "in any quotation marks"],
  ['"branded type"', [], "words that do not stand side by side are no such phrase"],
  ['"content tipe"', [], "a phrase forgives nothing"],
  ['"video & au', [2], "a phrase that is not closed yet"],
  ['"" redelivery', [1, 2], "quotation marks around nothing ask nothing"],
  ["Source Request Created where due is within 3 days, weekly", [3], "a sentence as we write it"],
  ["(branded), daily.", [2], "punctuation does not matter"],
  ["100%", [5], "a character that databases read as a wildcard"],
  ["%", [5], "the same character alone"],
  ["dub_cards", [5], "the other wildcard of databases"],
  [".*", [], "a pattern means nothing"],
  ["[a-z]+(", [], "a broken pattern breaks nothing"],
  ["🎬", [5], "an emoji"],
  ["ליל", [5], "a script from right to left"],
];

Deno.test("the search looks at all that a row says, and at what that stands for", () => {
  for (const [query, found, what] of searches) {
    deepEqual(idsFound(query), found, `${what}: "${query}"`);
  }
});

const marked: [query: string, marks: string[], what: string][] = [
  ["Redeliv REQ", ["redeliv", "req"], "what was typed"],
  ["redelvery", ["redelivery"], "what was meant"],
  ["imf", ["imf", "video & audio"], "the group that is shown for its member"],
  ["timed", ["timed", "subtitle"], "the member that is shown for its group"],
  ["short winter", ["short", "winter", "a long winter"], "the name that is shown for a newer one"],
  ["nocturne", ["nocturne", "t-204"], "the id that is shown for the title"],
  ['"type is branded"', ["type", "is", "branded"], "the words of a phrase"],
  ["a b", [], "no single letters"],
  ["", [], "nothing where nothing is asked"],
];

Deno.test("what a query finds comes with what to mark", () => {
  for (const [query, marks, what] of marked) deepEqual(search(index, query).marks, marks, what);
});

Deno.test("a title that is asked for by its id is found by its name only where the name is known", () => {
  deepEqual(search(searchIndex(all), "nocturne").notifications, []);
});

Deno.test("of a query of 10,000 characters the first 200 count", () => {
  deepEqual(idsFound(`branded${" daily".repeat(2_000)}`), [2]);
  deepEqual(idsFound("x".repeat(10_000)), []);
  deepEqual(idsFound(`redelivery${" ".repeat(10_000)}zebra`), [1, 2]);
  deepEqual(idsFound(`"${'" "'.repeat(5_000)}`), [1, 2, 3, 4, 5]);
  equal(readableQuery("🎬".repeat(300)), "🎬".repeat(200));
});

const word = fc.stringMatching(/^[a-z]{5,12}$/);
const conditions = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom("branded", "original", "day-of-broadcast").map((value) =>
      any("content_type", value)
    ),
    fc.constantFrom("video-and-audio", "subtitle", "dub-cards").map((value) =>
      none("source_type", value)
    ),
    fc.constantFrom("ko", "pt-BR", "fr").map((value) => any("language", value)),
    fc.uniqueArray(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), {
      minLength: 1,
      maxLength: 4,
    }).map((titles) => any("title", ...titles)),
    word.map((text) => any("assignee", text)),
  ),
  { selector: ({ field }) => field, maxLength: 5 },
);
const lists = fc.array(
  fc.record({
    type: fc.constantFrom("source-request.assigned", "source-request.processed", redelivery),
    conditions,
    frequency: fc.constantFrom("immediately", "hourly", "daily"),
  }),
  { minLength: 1, maxLength: 8 },
).map((list) => list.map((each, id): Searchable => ({ ...base, ...each, id, kind: "custom" })));

Deno.test("every word of its own sentence finds a notification", () => {
  fc.assert(fc.property(lists, (list) => {
    const prepared = searchIndex(list);
    for (const notification of list) {
      for (const each of notificationSentence(notification).split(/\s+/)) {
        ok(search(prepared, each).notifications.includes(notification), each);
      }
    }
  }));
});

const slip = fc.record({
  at: fc.nat(),
  letter: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz"),
  kind: fc.constantFrom("missing", "added", "wrong", "swapped"),
});

function withSlip(
  text: string,
  { at, letter, kind }: { at: number; letter: string; kind: string },
) {
  const place = at % text.length;
  const [before, here, after] = [text.slice(0, place), text[place]!, text.slice(place + 1)];
  if (kind === "missing") return before + after;
  if (kind === "added") return before + letter + here + after;
  if (kind === "wrong") return before + letter + after;
  return before + after.slice(0, 1) + here + after.slice(1);
}

Deno.test("one slip in a word of five letters or more still finds it, unless it spells another word", () => {
  fc.assert(fc.property(lists, slip, fc.nat(), (list, how, which) => {
    const prepared = searchIndex(list);
    const notification = list[which % list.length]!;
    const words = wordsOf(notificationSentence(notification)).filter((each) =>
      /^[a-z]{5,}$/.test(each)
    );
    const typed = withSlip(words[which % words.length]!, how);
    fc.pre(![...prepared.words.keys()].some((known) => known.includes(typed)));
    ok(search(prepared, typed).notifications.includes(notification), typed);
  }));
});

Deno.test("a further word never finds more", () => {
  const queried = fc.oneof(
    word,
    fc.constantFrom("daily", "redelvery", "source", "korean", "is", "%"),
  );
  fc.assert(
    fc.property(lists, fc.array(queried, { maxLength: 4 }), queried, (list, words, further) => {
      const prepared = searchIndex(list);
      const found = new Set(search(prepared, words.join(" ")).notifications);
      const fewer = search(prepared, [...words, further].join(" ")).notifications;
      ok(fewer.every((notification) => found.has(notification)));
    }),
  );
});

Deno.test("whatever is typed is answered, with marks in plain letters", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 30 }), (query) => {
    ok(search(index, query).marks.every((mark) => mark === plain(mark)));
  }));
});

Deno.test("what is found does not depend on the letters that led there", () => {
  const typed = ["redelvery korean", "delivery", "brandd daily", "koala"].flatMap((query) => {
    const letters = Array.from(query, (_, last) => query.slice(0, last + 1));
    return [...letters, ...letters.toReversed()];
  });
  const prepared = searchIndex(all);
  for (const query of typed) deepEqual(search(prepared, query), search(searchIndex(all), query));
});
