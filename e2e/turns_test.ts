import { equal, match } from "node:assert/strict";
import { denoRun } from "./command.ts";

/** What is said of a program that keeps the event loop busy for so long, in milliseconds. */
async function complaintsOf(milliseconds: number): Promise<string> {
  const program = `data:text/javascript,
    import process from "node:process";
    const worked = () => {
      const { user, system } = process.threadCpuUsage();
      return (user + system) / 1000;
    };
    setTimeout(() => {
      const start = worked();
      while (worked() - start < ${milliseconds});
    }, 50);
    setTimeout(() => Deno.exit(), 100);`;
  const { stderr } = await denoRun({
    env: {},
    args: ["--preload", new URL("turns.ts", import.meta.url).href, program],
  }).output();
  return new TextDecoder().decode(stderr);
}

Deno.test("a turn of more than a second is complained of, a shorter one is not", async () => {
  const [long, short] = await Promise.all([complaintsOf(1_100), complaintsOf(300)]);
  match(long, /^A turn of the event loop took \d{4} ms\n$/);
  equal(short, "");
});
