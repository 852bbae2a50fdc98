import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { personName, readInvitees } from "./invitations.ts";

const read = (...rows: string[][]) =>
  readInvitees(rows.map((cells, index) => ({ line: index + 1, cells })));

Deno.test("addresses are read with a name beside them, in front of them, or made of them", () => {
  const { invitees, malformed } = read(
    ["ana.ruiz@lumen.example"],
    ["Ben Adler <ben@lumen.example>"],
    ["Cleo Park", "cleo@lumen.example"],
    ["dev@lumen.example", "", "Dev Anand"],
    ["eli@lumen.example", "fay@lumen.example"],
  );
  deepEqual(malformed, []);
  deepEqual(invitees.map(({ line, email, name }) => [line, email, name]), [
    [1, "ana.ruiz@lumen.example", "Ana Ruiz"],
    [2, "ben@lumen.example", "Ben Adler"],
    [3, "cleo@lumen.example", "Cleo Park"],
    [4, "dev@lumen.example", "Dev Anand"],
    [5, "eli@lumen.example", "Eli"],
    [5, "fay@lumen.example", "Fay"],
  ]);
});

Deno.test("headings and empty lines name nobody, and nobody complains about them", () => {
  const { invitees, malformed } = read(["Name", "E-mail address"], [""], ["", "a@b.example"]);
  deepEqual(invitees.map(({ line }) => line), [3]);
  deepEqual(malformed, []);
});

Deno.test("a file has its headings also beside what was typed", () => {
  const typed = [{ line: 1, cells: ["a@b.example"] }, { line: 2, cells: ["email nobody"] }];
  const file = [{ line: 1, cells: ["Name", "E-mail"] }, {
    line: 2,
    cells: ["Cleo", "c@b.example"],
  }];
  const { invitees, malformed } = readInvitees([...typed, ...file]);
  deepEqual(invitees.map(({ email }) => email), ["a@b.example", "c@b.example"]);
  deepEqual(malformed.map(({ line }) => line), [2]);
});

Deno.test("a line without an address says why", () => {
  const { invitees, malformed } = read(["ada"], ["ada@"], ["ada@lumen", "Ada"], ["@"]);
  deepEqual(invitees, []);
  deepEqual(malformed.map(({ line, why }) => [line, why]), [
    [1, '"ada" is no email address such as name@example.com'],
    [2, '"ada@" is no email address such as name@example.com'],
    [3, '"ada@lumen" is no email address such as name@example.com'],
    [4, '"@" is no email address such as name@example.com'],
  ]);
});

Deno.test("a name is one line that reads in its own direction", () => {
  equal(personName("Ada\r\n Moreno"), "Ada Moreno");
  equal(personName("Ada \u202egpj.exe\u2066"), "Ada gpj.exe");
  equal(personName("Zoe\u0308"), "Zoë");
  equal(personName("<b>Ada</b>"), "<b>Ada</b>");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const name = personName(text);
      equal(/[\p{Cc}\p{Bidi_Control}]/u.test(name), false);
      equal([...name].length <= 120, true);
    }),
    { numRuns: 50 },
  );
});
