import { equal, ok } from "node:assert/strict";
import { placeIn } from "./spread.ts";

const minute = 60_000;

Deno.test("everybody has a place in the minutes after the hour, and keeps it", () => {
  equal(placeIn(4 * minute, "ada"), placeIn(4 * minute, "ada"));
  equal(placeIn(0, "ada"), 0);
  ok(placeIn(4 * minute, "ada") !== placeIn(4 * minute, "ben"));
});

Deno.test("people are spread evenly, however alike their ids are", () => {
  for (const idOf of [(n: number) => `${n}`, (n: number) => `account-${n % 40}-user-${n}`]) {
    const minutes = Array.from(
      { length: 20_000 },
      (_, n) => Math.floor(placeIn(4 * minute, idOf(n)) / minute),
    );
    for (const each of [0, 1, 2, 3]) {
      const count = minutes.filter((found) => found === each).length;
      ok(count > 4_700 && count < 5_300, `${count} in minute ${each}`);
    }
  }
});
