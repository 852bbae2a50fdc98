import { deepEqual, equal, ok } from "node:assert/strict";
import { eventField } from "./catalogue.ts";
import type { Event } from "./events.ts";
import { offersOf } from "./offers.ts";

const type = "source-request.redelivery-requested";
const events: Event[] = [
  { content_type: "branded", source_type: "imf", language: "pt-BR", season: "2" },
  { content_type: "branded", source_type: "sdh-cc", language: "pt-BR", season: "10" },
  { content_type: "original", source_type: "subtitle", language: "ko", season: "10" },
  { language: "pt", title: { id: "81", name: "Harbour" } },
  { blocker: false, title: { id: "81", name: "Harbour Lights" } },
].map((data, index) => ({ seq: index, type, time: 0, subject: null, data }));

function offered(name: string, locale = "en") {
  return offersOf(name, eventField(type, name)!, { events, locale })
    .map(({ value, label, count }) => [value, label, count]);
}

Deno.test("a short list stands in its order, with how many recent events said each value", () => {
  deepEqual(offered("content_type").slice(0, 3), [
    ["branded", "Branded", 2],
    ["original", "Original", 1],
    ["licensed", "Licensed", 0],
  ]);
  deepEqual(offered("blocker"), [["true", "Yes", 0], ["false", "No", 1]]);
});

Deno.test("a group counts what its members count", () => {
  const counts = new Map(offered("source_type").map(([value, , count]) => [value, count]));
  deepEqual(["imf", "video-and-audio", "timed-text", "documents"].map((id) => counts.get(id)), [
    ...[1, 1, 2, 0],
  ]);
});

Deno.test("languages with events come first, then all others by the alphabet", () => {
  const languages = offered("language", "es");
  deepEqual(languages.slice(0, 3), [
    ["pt", "portugués", 3],
    ["pt-BR", "portugués de Brasil", 2],
    ["ko", "coreano", 1],
  ]);
  const rest = languages.slice(3);
  ok(rest.length > 100);
  ok(rest.every(([, , count]) => count === 0));
  const labels = rest.map(([, label]) => `${label}`);
  deepEqual(labels, labels.toSorted(new Intl.Collator("es").compare));
  equal(new Set(languages.map(([value]) => value)).size, languages.length);
});

Deno.test("a field without a list offers what was said lately, the usual first", () => {
  deepEqual(offered("season"), [["10", "10", 2], ["2", "2", 1]]);
  deepEqual(offered("due"), []);
});

Deno.test("a title is offered once, under the name that it has now", () => {
  deepEqual(offered("title"), [["81\tHarbour Lights", "Harbour Lights", 2]]);
});
