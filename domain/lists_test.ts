import { equal } from "node:assert/strict";
import fc from "fast-check";
import { allOf, anyOf } from "./lists.ts";

Deno.test("a list reads as the platform would say it", () => {
  const or = new Intl.ListFormat("en-GB", { type: "disjunction" });
  const and = new Intl.ListFormat("en-GB", { type: "conjunction" });
  fc.assert(fc.property(fc.array(fc.string(), { maxLength: 6 }), (words) => {
    equal(anyOf(words), or.format(words));
    equal(allOf(words), and.format(words));
  }));
});
