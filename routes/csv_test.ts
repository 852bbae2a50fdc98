import { deepEqual, equal, throws } from "node:assert/strict";
import { Invalid } from "../domain/errors.ts";
import { fileText, parseCsv } from "./csv.ts";

const cells = (text: string) => parseCsv(text).map(({ cells }) => cells);

Deno.test("a table is read whichever separator it has, with a byte-order mark or without", () => {
  const rows = [["Name", "Email"], ["Ruiz, Ana", "ana@lumen.example"]];
  deepEqual(cells('Name,Email\r\n"Ruiz, Ana",ana@lumen.example\r\n'), rows);
  deepEqual(cells("\ufeffName;Email\nRuiz, Ana;ana@lumen.example"), rows);
  deepEqual(cells("Name\tEmail\nRuiz, Ana\tana@lumen.example\n"), rows);
});

Deno.test("a line break within quotation marks ends no row, and rows say where they begin", () => {
  deepEqual(parseCsv('a\n"b\nc",d\ne'), [
    { line: 1, cells: ["a"] },
    { line: 2, cells: ["b\nc", "d"] },
    { line: 4, cells: ["e"] },
  ]);
  deepEqual(parseCsv("a\n\nb").map(({ line }) => line), [1, 2, 3]);
  deepEqual(parseCsv(""), []);
});

Deno.test("a quotation mark that does not end is said, one in the middle is a letter", () => {
  throws(
    () => parseCsv('a\n"b\nc'),
    (error) => error instanceof Invalid && /does not end/.test(error.message),
  );
  deepEqual(cells('Ana "the" Ruiz,a'), [['Ana "the" Ruiz', "a"]]);
});

Deno.test("a file is read in the encodings that spreadsheets write", () => {
  equal(fileText(new TextEncoder().encode("Zoë")), "Zoë");
  equal(fileText(Uint8Array.of(0x5a, 0x6f, 0xeb)), "Zoë");
  equal(fileText(Uint8Array.of(0xff, 0xfe, 0x5a, 0, 0x6f, 0, 0xeb, 0)), "Zoë");
});
