import { deepEqual, equal } from "node:assert/strict";
import { partOf } from "./parts.ts";

const all = Array.from({ length: 1_201 }, (_, index) => index);
const spanOf = (...[options]: [Parameters<typeof partOf<number>>[1]]) => {
  const { number, first, items, total } = partOf(all, options);
  equal(items[0], first - 1);
  return [number, first, items.length, total];
};

Deno.test("a long list is shown in parts that hold all of it, each item once", () => {
  const parts = [1, 2, 3].map((number) => partOf(all, { number }).items);
  deepEqual(parts.flat(), all);
  deepEqual(spanOf({ number: 3 }), [3, 1_001, 201, 1_201]);
});

Deno.test("the part that holds an item is found, and what is not there is the first one", () => {
  deepEqual(spanOf({ holding: (item) => item === 500 }), [2, 501, 500, 1_201]);
  for (const options of [{ holding: () => false }, { number: 4 }, { number: 1e9 }, {}]) {
    deepEqual(spanOf(options), [1, 1, 500, 1_201]);
  }
  deepEqual(partOf([], {}), { number: 1, items: [], first: 1, total: 0 });
});
