import { deepEqual, equal, ok } from "node:assert/strict";
import { localChoice, localChoices, readerLocale } from "./local_names.ts";

Deno.test("a reader is served in the first language that the platform can name things in", () => {
  const asked: [tags: string[], locale: string][] = [
    [["es-MX", "en"], "es-MX"],
    [["xx", "ko"], "ko"],
    [["*", "not a tag", ""], "en"],
    [[], "en"],
  ];
  for (const [tags, locale] of asked) equal(readerLocale(tags), locale, `${tags}`);
});

Deno.test("languages and territories stand in the reader's words and alphabet", () => {
  const spanish = localChoices("language", "es").map(({ label }) => label);
  deepEqual(spanish, spanish.toSorted(new Intl.Collator("es").compare));
  ok(spanish.includes("coreano"));
  ok(localChoices("territory", "de").some(({ label }) => label === "Vereinigte Staaten"));
  ok(localChoices("language", "en").some(({ label }) => label === "Korean"));
});

Deno.test("each is found by its English name and by its own name too", () => {
  const korean = { value: "ko", label: "coréen", also: "Korean 한국어" };
  deepEqual(localChoice("language", "ko", "fr"), korean);
  deepEqual(localChoice("language", "pt-BR", "en"), {
    value: "pt-BR",
    label: "Brazilian Portuguese",
    also: "português (Brasil)",
  });
  equal(localChoice("territory", "DE", "en").also, "Deutschland");
  equal(localChoice("territory", "CA", "en").also, "", "it calls itself the same");
});
