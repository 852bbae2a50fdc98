import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { reportLine } from "./reporting.ts";

const now = Date.parse("2026-11-20T09:30:00Z");

Deno.test("a line of the log says when, what it is about and what was wrong, as JSON", () => {
  deepEqual(JSON.parse(reportLine("email 7", new Error("Refused\nfor good"), now)), {
    at: "2026-11-20T09:30:00.000Z",
    what: "email 7",
    problem: "Error: Refused\nfor good",
  });
});

Deno.test("whatever it quotes, a line of the log is one line", () => {
  equal(reportLine("mail", new Error("one\r\ntwo\nthree"), now).split(/\r|\n/).length, 1);
});

Deno.test("a line of the log does not quote a query, whose values are addresses and titles", () => {
  const cause = new Error("no such table: users");
  const failed = new Error("Failed query: SELECT ? params: ana@meridian-post.example", { cause });
  equal(
    JSON.parse(reportLine("mail", failed, now)).problem,
    "query failed: Error: no such table: users",
  );
});

const quotations: Record<string, () => unknown> = {
  "a text that is no JSON": () => JSON.parse("Harbour Lights"),
  "an address that is none": () => new URL("Harbour Lights"),
  "a zone that nobody knows": () => new Intl.DateTimeFormat("en", { timeZone: "Harbour Lights" }),
};

for (const [what, quote] of Object.entries(quotations)) {
  Deno.test(`a line of the log says where ${what} came up, not what it says`, () => {
    throws(quote, (error: Error) => {
      match(error.message, /Harbour|Lights/i);
      const { problem } = JSON.parse(reportLine("account lumen", error, now));
      ok(problem.startsWith(`${error.name}: `) && problem.includes("reporting_test.ts"), problem);
      ok(!/Harbour|Lights/i.test(problem), problem);
      return true;
    });
  });
}
