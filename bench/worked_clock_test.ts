import { deepEqual, equal } from "node:assert/strict";
import { workedClock } from "./worked_clock.ts";

Deno.test("a clock that is set goes on from there, and never back", () => {
  const clock = workedClock(1_000);
  clock.set(5_000_000);
  const shown = clock.now();
  equal(shown >= 5_000_000, true);
  clock.set(1_000);
  equal(clock.now() >= shown, true);
});

Deno.test("what is set for an instant happens then, and what is set for later stays", async () => {
  const hour = 3_600_000;
  const clock = workedClock(0);
  const happened: [string, boolean][] = [];
  const set = (name: string, hours: number, then = () => {}) =>
    clock.timer(() => {
      happened.push([name, clock.now() >= hours * hour]);
      then();
    }, hours * hour);
  set("second", 2, () => set("later", 9));
  set("first", 1);
  set("out of reach", 4);
  let overs = 0;
  await clock.ring(3 * hour, () => Promise.resolve(overs += 1));
  deepEqual(happened, [["first", true], ["second", true]]);
  equal(overs, 2);
  await clock.ring(5 * hour, () => Promise.resolve());
  deepEqual(happened.at(-1), ["out of reach", true]);
});
