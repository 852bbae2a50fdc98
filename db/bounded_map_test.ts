import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { boundedMap } from "./bounded_map.ts";

Deno.test("what was not asked for the longest is forgotten first", () => {
  const map = boundedMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.get("a");
  map.set("c", 3);
  deepEqual(["a", "b", "c"].map((key) => map.get(key)), [1, undefined, 3]);
});

Deno.test("a value that has grown takes the place of others, and stays itself however large it is", () => {
  const map = boundedMap<string, number[]>(3, ({ length }) => length);
  const grown = [1];
  map.set("a", grown);
  map.set("b", [1, 2]);
  grown.push(2, 3, 4);
  map.set("a", grown);
  deepEqual([map.get("a"), map.get("b")], [[1, 2, 3, 4], undefined]);
  map.set("c", [1]);
  deepEqual([map.get("a"), map.get("c")], [undefined, [1]]);
});

Deno.test("it never holds more than it may, but for the value that was set last", () => {
  const steps = fc.array(fc.tuple(fc.nat(5), fc.nat(6)), { maxLength: 60 });
  fc.assert(fc.property(steps, (values) => {
    const map = boundedMap<number, number>(10, (weight) => weight);
    for (const [key, weight] of values) {
      map.set(key, weight);
      equal(map.get(key), weight);
      const others = [0, 1, 2, 3, 4, 5].map((each) => map.get(each) ?? 0);
      equal(others.reduce((sum, each) => sum + each) <= 10, true);
    }
  }));
});
