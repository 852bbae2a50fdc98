import { deepEqual, equal } from "node:assert/strict";
import type { Event } from "./events.ts";
import { findTitles, mostTitles } from "./title_offers.ts";

const type = "source-request.created";

/** So many events about each title. */
function told(titles: [id: string, name: string, times: number][]): Event[] {
  return titles.flatMap(([id, name, times]) =>
    Array.from({ length: times }, () => ({
      ...{ seq: 1, type, time: 0, subject: null },
      data: { title: { id, name } },
    }))
  );
}

const ofAny = told([
  ["81", "Harbour Lights", 1],
  ["82", "Café Harbour", 3],
  ["83", "100% Silence", 1],
  ["84", "The Light", 2],
]);
const found = (query: string) =>
  findTitles(query, { ofType: told([["82", "Café Harbour", 2]]), ofAny })
    .map(({ label, count }) => [label, count]);

Deno.test("every word of a query narrows the titles, which come by how often they were told of", () => {
  deepEqual(found("harbour"), [["Café Harbour", 2], ["Harbour Lights", 0]]);
  deepEqual(found("light harb"), [["Harbour Lights", 0]]);
  deepEqual(found("lights out"), []);
});

Deno.test("a title is found without its accents, and by its id", () => {
  deepEqual(found("CAFE"), [["Café Harbour", 2]]);
  deepEqual(found("84"), [["The Light", 0]]);
});

Deno.test("what searches elsewhere understand as a wildcard is a letter like any other", () => {
  deepEqual(found("100%"), [["100% Silence", 0]]);
  deepEqual(found("h%r"), []);
  deepEqual(found("H_rbour"), []);
});

Deno.test("two titles of one name are told apart by their ids", () => {
  const twins = told([["1", "Twins", 1], ["2", "Twins", 1], ["3", "Single", 1]]);
  const labels = findTitles("", { ofType: [], ofAny: twins }).map(({ label }) => label);
  deepEqual(labels, ["Twins (1)", "Twins (2)", "Single"]);
});

Deno.test("no more titles are listed than anybody looks through", () => {
  const many = Array.from(
    { length: 50 },
    (_, index) => [`${index}`, "Title", 1] as [string, string, number],
  );
  equal(findTitles("title", { ofType: [], ofAny: told(many) }).length, mostTitles);
});
