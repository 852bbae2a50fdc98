import { equal } from "node:assert/strict";
import { burstEnd } from "./bursts.ts";

const now = Date.parse("2026-11-20T09:30:00Z");
const second = 1_000;

Deno.test("two events within a minute come at once, the third waits until a minute after the first", () => {
  const one = [{ at: now - 40 * second, events: 1 }];
  const two = [...one, { at: now - 10 * second, events: 1 }];
  equal(burstEnd([], { events: 1, now }), null);
  equal(burstEnd(one, { events: 1, now }), null);
  equal(burstEnd(two, { events: 1, now }), now + 20 * second);
  equal(burstEnd(one, { events: 2, now }), now + 20 * second);
  equal(burstEnd(two, { events: 1, now: now + 20 * second }), null);
});

Deno.test("many that are found together after a silence need not wait: they are one email", () => {
  equal(burstEnd([], { events: 50, now }), null);
  equal(burstEnd([{ at: now - 60 * second, events: 50 }], { events: 50, now }), null);
  equal(burstEnd([{ at: now - 59 * second, events: 50 }], { events: 1, now }), now + second);
});

Deno.test("what was told by a clock that ran ahead holds nothing back", () => {
  equal(burstEnd([{ at: now + 3600 * second, events: 2 }], { events: 1, now }), null);
});
