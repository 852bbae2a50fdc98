import { deepEqual, equal, ok } from "node:assert/strict";
import { canonicalName, choicesOf, nameOf } from "./names.ts";

const languages = { label: "language", kind: "language" } as const;
const territories = { label: "territory", kind: "territory" } as const;

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

Deno.test("what can be chosen is named, in the order of its names, each once", () => {
  for (const field of [languages, territories]) {
    const choices = choicesOf(field);
    ok(choices.length > 100, field.kind);
    const labels = choices.map(({ label }) => label);
    equal(new Set(choices.map(({ value }) => value)).size, choices.length);
    deepEqual(labels, labels.toSorted((a, b) => a.localeCompare(b, "en")));
    for (const { value, label } of choices) {
      equal(canonicalName(field.kind, value), value);
      equal(nameOf(field.kind, value), label);
    }
  }
  equal(choicesOf(territories).filter(({ label }) => label === "Germany").length, 1);
  ok(choicesOf(languages).some(({ label }) => label === "Korean"));
  ok(choicesOf(territories).some(({ label }) => label === "South Korea"));
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
