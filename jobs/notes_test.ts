import { deepEqual, rejects } from "node:assert/strict";
import { openNotes } from "./notes.ts";

const later = () => new Promise<void>((over) => setTimeout(over, 1));

Deno.test("what happens within a moment is written at once, in order, and nothing is left out", async () => {
  const written: number[][] = [];
  const notes = openNotes<number>(async (items) => {
    await later();
    written.push(items);
  });
  for (let item = 0; item < 200; item += 1) {
    notes.add(item);
    if (item % 50 === 49) await later();
  }
  await notes.finish();
  deepEqual(written.flat(), Array.from({ length: 200 }, (_, item) => item));
  deepEqual(written.length < 20, true);
});

Deno.test("whoever finishes hears that something could not be written", async () => {
  const notes = openNotes<string>(() => Promise.reject(new Error("the disk is full")));
  notes.add("sent");
  await later();
  await rejects(notes.finish(), /the disk is full/);
});

Deno.test("nothing happened, nothing is written", async () => {
  const notes = openNotes(() => Promise.reject(new Error("there is nothing to write")));
  await notes.finish();
});
