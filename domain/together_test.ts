import { deepEqual, equal } from "node:assert/strict";
import { together } from "./together.ts";

Deno.test("items that come during a write share the next one, and each hears how its own went", async () => {
  const writes: { items: number[]; end: PromiseWithResolvers<void> }[] = [];
  const write = together(async (items: number[]) => {
    const end = Promise.withResolvers<void>();
    writes.push({ items, end });
    await end.promise;
    return items.map((item) => `wrote ${item}`);
  });
  const results = Promise.allSettled([1, 2, 3].map((item) => write(item)));
  deepEqual(writes.map(({ items }) => items), [[1]]);
  writes[0]!.end.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  const late = write(4);
  deepEqual(writes.map(({ items }) => items), [[1], [2, 3]]);
  writes[1]!.end.reject(new Error("the database is gone"));
  deepEqual((await results).map(({ status }) => status), ["fulfilled", "rejected", "rejected"]);
  await new Promise((resolve) => setTimeout(resolve));
  writes[2]!.end.resolve();
  equal(await late, "wrote 4");
  equal(writes.length, 3);
});
