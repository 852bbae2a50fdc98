import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { rateLimit } from "./rate_limit.ts";

Deno.test("ten seconds' worth may come at once, then one at a time", () => {
  const wait = rateLimit(2);
  deepEqual(Array.from({ length: 20 }, () => wait(1_000)), Array(20).fill(0));
  equal(wait(1_000), 500);
  equal(wait(1_400), 100);
  equal(wait(1_500), 0);
  equal(wait(1_500), 500);
});

Deno.test("whoever waits as long as was said is let in, also when the clock goes back", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 50 }),
    fc.array(fc.integer({ min: -50, max: 400 }), { minLength: 1, maxLength: 300 }),
    (perSecond, steps) => {
      const wait = rateLimit(perSecond);
      let [now, latest, taken] = [0, 0, 0];
      for (const step of steps) {
        now += step;
        latest = Math.max(latest, now);
        const early = wait(now);
        if (early === 0) taken += 1;
        else {
          latest += early;
          now = latest;
          equal(wait(now), 0);
          taken += 1;
        }
      }
      ok(taken <= perSecond * 10 + latest * perSecond / 1_000 + 1);
    },
  ));
});
