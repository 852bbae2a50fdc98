import { deepEqual, equal, ok } from "node:assert/strict";
import { canonicalName, choicesOf, knownValues, nameOf } from "./names.ts";

Deno.test("languages and territories have the names that the platform knows", () => {
  const names: [kind: "language" | "territory", value: string, name: string | undefined][] = [
    ["language", "ko", "Korean"],
    ["language", "pt-BR", "Brazilian Portuguese"],
    ["language", "es-419", "Latin American Spanish"],
    ["language", "zh-Hant", "Traditional Chinese"],
    ["language", "xx", undefined],
    ["language", "not a tag", undefined],
    ["territory", "KR", "South Korea"],
    ["territory", "XX", undefined],
    ["territory", "", undefined],
  ];
  for (const [kind, value, name] of names) equal(nameOf(kind, value), name, value);
});

Deno.test("a tag or a code has one spelling, and what does not exist has none", () => {
  const spellings: [kind: "language" | "territory", value: string, spelling?: string][] = [
    ["language", "PT-br", "pt-BR"],
    ["language", "ZH-HANT-tw", "zh-Hant-TW"],
    ["language", "iw", "he"],
    ["language", "xx"],
    ["language", ""],
    ["language", "pt_BR"],
    ["language", "constructor"],
    ["territory", "kr", "KR"],
    ["territory", "uk", "GB"],
    ["territory", "DD", "DE"],
    ["territory", "KR-x-y"],
    ["territory", "QZ9"],
    ["territory", "korea"],
  ];
  for (const [kind, value, spelling] of spellings) {
    equal(canonicalName(kind, value), spelling, value);
    if (spelling) equal(canonicalName(kind, spelling), spelling);
  }
});

Deno.test("every known language and territory is spelled right and named, each name once", () => {
  for (const kind of ["language", "territory"] as const) {
    const values = knownValues(kind);
    ok(values.length > 100, kind);
    for (const value of values) equal(canonicalName(kind, value), value);
    const choices = choicesOf({ label: kind, kind });
    deepEqual(choices.map(({ value }) => value).sort(), values.sort());
    const labels = choices.map(({ label }) => label);
    deepEqual(labels, labels.toSorted((a, b) => a.localeCompare(b, "en")));
    deepEqual(labels, choices.map(({ value }) => nameOf(kind, value)));
    equal(new Set(labels).size, labels.length);
  }
  ok(knownValues("language").includes("ko"));
  ok(knownValues("language").includes("fil"), "a language that a territory speaks first");
  ok(!knownValues("territory").includes("SU"), "a territory that is no more");
});

Deno.test("short lists offer their values, a flag yes and no, and typed fields nothing", () => {
  const values = { low: "Low", high: "High" };
  deepEqual(choicesOf({ label: "priority", kind: "choice", values }), [
    { value: "low", label: "Low" },
    { value: "high", label: "High" },
  ]);
  deepEqual(choicesOf({ label: "blocker", kind: "flag" }).map(({ label }) => label), ["Yes", "No"]);
  for (const kind of ["text", "title", "number", "date"] as const) {
    deepEqual(choicesOf({ label: kind, kind }), []);
  }
});
