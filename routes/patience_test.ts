import { deepEqual, rejects } from "node:assert/strict";
import { inTime, piecesInTime } from "./patience.ts";

const tooSlow = { name: "Unreadable", status: 408 };

Deno.test("whoever sends in time is waited for, whoever falls silent is not", async () => {
  const silent = new Promise(() => {});
  deepEqual(await inTime(Promise.resolve("here"), 60_000), "here");
  await rejects(inTime(silent, 10), tooSlow);
  await rejects(inTime(Promise.reject(new TypeError("torn")), 60_000), { name: "TypeError" });
});

Deno.test("a body that goes silent in the middle is let go of after what it brought", async () => {
  let isLetGo = false;
  const body = new ReadableStream<string>({
    start: (controller) => controller.enqueue("a line"),
    cancel: () => void (isLetGo = true),
  });
  const pieces: string[] = [];
  const read = async () => {
    for await (const piece of piecesInTime(body, 10)) pieces.push(piece);
  };
  await rejects(read(), tooSlow);
  deepEqual([pieces, isLetGo], [["a line"], true]);
});
