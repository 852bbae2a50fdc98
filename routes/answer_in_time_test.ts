import { deepEqual } from "node:assert/strict";
import { Hono } from "hono";
import { answerInTime } from "./answer_in_time.ts";

Deno.test("an answer that takes too long is given up as unavailable, and no other is", async () => {
  const late = Promise.withResolvers<void>();
  const app = new Hono()
    .get("/late", answerInTime(1), async (c) => {
      await late.promise;
      return c.text("late");
    })
    .get("/soon", answerInTime(60_000), (c) => c.text("soon"));
  const statuses = await Promise.all(
    ["/late", "/soon"].map(async (path) => (await app.request(path)).status),
  );
  late.resolve();
  deepEqual(statuses, [503, 200]);
});
