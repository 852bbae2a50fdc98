import { equal } from "node:assert/strict";
import { csvText } from "./csv.ts";

const cell = (text: string) => csvText([[text]]).slice(1, -2);

Deno.test("a table begins with a byte-order mark, and every row ends", () => {
  equal(
    csvText([["Name", "Email"], ["Ana", "a@b.example"]]),
    "\ufeffName,Email\r\nAna,a@b.example\r\n",
  );
});

Deno.test("quotes, separators and line breaks stay within their cell", () => {
  equal(cell('Ana "the" Ruiz'), '"Ana ""the"" Ruiz"');
  equal(cell("Ruiz, Ana"), '"Ruiz, Ana"');
  equal(cell("Ruiz; Ana"), '"Ruiz; Ana"');
  equal(cell("Ana\nRuiz"), '"Ana\nRuiz"');
});

Deno.test("nothing is computed by whoever opens it", () => {
  for (const text of ["=cmd", "+1", "-1", "@SUM(A1)"]) equal(cell(text), `'${text}`);
  equal(cell('=HYPERLINK("x")'), `"'=HYPERLINK(""x"")"`);
});
