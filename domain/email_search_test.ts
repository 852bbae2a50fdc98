import { deepEqual, equal } from "node:assert/strict";
import { isFound, searchWords } from "./email_search.ts";
import type { Event } from "./events.ts";

const event: Event = {
  seq: 1,
  type: "source-request.redelivery-requested",
  time: 0,
  subject: "SR-48213",
  data: { title: { id: "81234567", name: "Élan" }, summary: "Audio drift" },
};

Deno.test("a word of the product finds its types, states and frequencies", () => {
  const [redelivery, sent, daily] = searchWords("Redelivery SENT daily");
  deepEqual(redelivery!.types, ["source-request.redelivery-requested"]);
  deepEqual(sent!.states, ["sent", "delayed"]);
  deepEqual(daily!.frequencies, ["daily"]);
});

Deno.test("a search is cut to a few words, each once", () => {
  deepEqual(searchWords(""), []);
  deepEqual(searchWords(" a  A b ").map(({ text }) => text), ["a", "b"]);
  equal(searchWords(Array.from({ length: 99 }, (_, i) => `w${i}`).join(" ")).length, 8);
});

Deno.test("what is still to come is found by every word, wherever it stands", () => {
  const found = (query: string) =>
    isFound({ frequency: "daily", events: [event] }, searchWords(query));
  for (
    const query of ["", "daily", "sr-48213", "élan drift", "ÉLAN", "elan", "81234567", "redelivery"]
  ) {
    equal(found(query), true, query);
  }
  for (const query of ["weekly", "SR-1", "élan weekly"]) equal(found(query), false, query);
});
