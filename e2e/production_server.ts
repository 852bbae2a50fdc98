import { equal } from "node:assert/strict";
import { command } from "./command.ts";

/** What the server says of itself in links. */
export const publicUrl = "https://callboard.example";

const environment = {
  ...{ PORT: "0", HOST: "127.0.0.1", BASE_URL: publicUrl },
  ...{ SECRET_KEY: "the secret of these tests, long enough", MAIL: "outbox" },
};

/** The server as `deno task start` runs it in that folder; it ends with the test, and must have nothing to complain about. */
export async function startServer(cwd: string, env: Record<string, string> = {}) {
  const child = command("start", { cwd, env: { ...environment, ...env } }).spawn();
  const errors = new Response(child.stderr).text();
  let output = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    if (output.includes("\n")) break;
  }
  const origin = /^Callboard listens on (http:\S+)\n/.exec(output)?.[1];
  let isStopping = false;
  const stop = () => {
    if (!isStopping) child.kill("SIGTERM");
    isStopping = true;
  };
  return {
    origin: origin ?? "",
    output,
    stop,
    ended: child.status,
    [Symbol.asyncDispose]: async () => {
      stop();
      equal((await child.status).code, 0);
      equal(await errors, "");
    },
  };
}
