import { deepEqual, equal, rejects } from "node:assert/strict";
import { coalesce } from "./coalesce.ts";

/** Work that the test ends when it likes; each run resolves to its number. */
function workbench() {
  const runs: PromiseWithResolvers<number>[] = [];
  const start = coalesce(() => {
    const run = Promise.withResolvers<number>();
    runs.push(run);
    return run.promise;
  });
  return { runs, start };
}

Deno.test("calls that come during a run share the one run that follows it", async () => {
  const { runs, start } = workbench();
  const first = start();
  const [second, third] = [start(), start()];
  equal(runs.length, 1);
  runs[0]!.resolve(1);
  equal(await first, 1);
  await Promise.resolve();
  equal(runs.length, 2);
  const fourth = start();
  equal(runs.length, 2);
  runs[1]!.resolve(2);
  deepEqual(await Promise.all([second, third]), [2, 2]);
  await Promise.resolve();
  runs[2]!.resolve(3);
  equal(await fourth, 3);
  equal(runs.length, 3);
});

Deno.test("a run that fails keeps no later one from starting", async () => {
  const { runs, start } = workbench();
  const first = start();
  const second = start();
  runs[0]!.reject(new Error("the database is gone"));
  await rejects(first, /the database is gone/);
  await Promise.resolve();
  equal(runs.length, 2);
  runs[1]!.reject(new Error("still gone"));
  await rejects(second, /still gone/);
  const third = start();
  equal(runs.length, 3);
  runs[2]!.resolve(3);
  equal(await third, 3);
});

Deno.test("work is never done twice at once, and never forgotten", async () => {
  let working = 0;
  let seen = 0;
  let arrived = 0;
  const start = coalesce(async () => {
    equal(working += 1, 1);
    const accounted = arrived;
    await new Promise((resolve) => setTimeout(resolve, 1));
    seen = accounted;
    working -= 1;
  });
  const calls: Promise<void>[] = [];
  for (let call = 0; call < 50; call += 1) {
    arrived += 1;
    const number = arrived;
    // Whatever had arrived when a call was made is seen by the time it resolves.
    calls.push(start().then(() => equal(seen >= number, true)));
    if (call % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(calls);
  equal(seen, 50);
});

Deno.test("a call that comes just as a run ends does not overtake those that wait", async () => {
  for (const moments of Array(8).keys()) {
    const { runs, start } = workbench();
    start();
    start();
    runs[0]!.resolve(1);
    for (let moment = 0; moment < moments; moment += 1) await Promise.resolve();
    start();
    await new Promise((resolve) => setTimeout(resolve));
    equal(runs.length, 2, `two at once, ${moments} moments after the end of the first`);
  }
});
