import { deepEqual, equal } from "node:assert/strict";
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
