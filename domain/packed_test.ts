import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { numberAt, pack } from "./packed.ts";

Deno.test("what was packed is found again, each number at its position", () => {
  const numbers = fc.oneof(fc.nat(300), fc.nat(0xffff_ffff), fc.constantFrom(0xffff, 0x1_0000));
  fc.assert(fc.property(fc.array(numbers), (all) => {
    const packed = pack(all);
    deepEqual(all.map((_, position) => numberAt(packed, position)), all);
  }));
});

Deno.test("more are packed than a call takes arguments", () => {
  const all = Array.from({ length: 300_000 }, (_, index) => index);
  const packed = pack(all);
  deepEqual([0, 4_095, 4_096, 299_999].map((at) => numberAt(packed, at)), [
    0,
    4_095,
    4_096,
    299_999,
  ]);
});
