import { deepEqual } from "node:assert/strict";
import { type Searchable, searchNotifications } from "./search.ts";

const base = { bookmark: 0, mutedAt: null, mutedUntil: null, version: 1, granted: true };
const all: Searchable[] = [
  {
    ...base,
    id: 1,
    kind: "default",
    type: "source-request.redelivery-requested",
    conditions: [],
    frequency: "immediately",
  },
  {
    ...base,
    id: 2,
    kind: "custom",
    type: "source-request.redelivery-requested",
    conditions: [
      { field: "content_type", op: "any", values: ["branded"] },
      { field: "source_type", op: "none", values: ["video-and-audio"] },
      { field: "title", op: "any", values: ["Éclairage d'été"] },
    ],
    frequency: "daily",
    mutedAt: 5,
  },
  {
    ...base,
    id: 3,
    kind: "custom",
    type: "source-request.created",
    conditions: [{ field: "due", op: "within", value: 3 }, {
      field: "language",
      op: "any",
      values: ["ko"],
    }],
    frequency: "weekly",
    granted: false,
  },
];

const searches: [query: string, found: number[], what: string][] = [
  ["", [1, 2, 3], "nothing asked finds everything"],
  ["  ", [1, 2, 3], "spaces ask nothing"],
  ["redelivery", [1, 2], "the event type"],
  ["REDELIVERY requested", [1, 2], "case does not matter"],
  ["requested redelivery", [1, 2], "nor does the order of words"],
  ["content type", [2], "a field"],
  ["branded", [2], "a value"],
  ["video & audio", [2], "a group of values"],
  ["korean", [3], "a language by its name"],
  ["3 days", [3], "an amount"],
  ["eclairage", [2], "accents do not matter"],
  ["ÉTÉ", [2], "nor do they in the query"],
  ["daily", [2], "the frequency"],
  ["immediately", [1], "the fastest frequency"],
  ["default", [1], "the kind"],
  ["custom weekly", [3], "the kind and the frequency"],
  ["muted", [2], "the state"],
  ["active", [1, 3], "the other state"],
  ["needs a role", [3], "a role that is missing"],
  ["branded weekly", [], "every word must be found in the same notification"],
];

Deno.test("the search looks at all that a row says", () => {
  for (const [query, found, what] of searches) {
    deepEqual(searchNotifications(all, query).map(({ id }) => id), found, `${what}: "${query}"`);
  }
});
