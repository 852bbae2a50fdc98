import { equal } from "node:assert/strict";
import { createRequire } from "node:module";
import { variableNames } from "../config.ts";
import { command, denoRun } from "./command.ts";
import { isBuilt } from "./place.ts";

/** What the server says of itself in links. */
export const publicUrl = "https://callboard.example";

const environment = {
  ...{ PORT: "0", HOST: "127.0.0.1", BASE_URL: publicUrl },
  ...{ SECRET_KEY: "the secret of these tests, long enough", MAIL: "outbox" },
};

/** The server as `deno task start` runs it in that folder, or the artefact where that is tested; it ends with the test, and must have nothing to complain about. */
export async function startServer(cwd: string, env: Record<string, string> = {}) {
  const all = { ...environment, ...env };
  return await serve(isBuilt ? artefact(all) : command("start", { cwd, env: all }));
}

/** The server as `deno task demo` runs it in that folder, on a database that is ready. */
export async function startDemoServer(cwd: string, env: Record<string, string> = {}) {
  return await serve(command("demo", { cwd, step: 1, env: { PORT: "0", ...env } }));
}

/** What `deno task build` made, on that database. */
export async function startArtefact(database: { url: string; authToken: string }) {
  const here = { TURSO_DATABASE_URL: database.url, TURSO_AUTH_TOKEN: database.authToken };
  return await serve(artefact({ ...environment, ...here }));
}

/** With no permission but those that it needs: no addon, no disk to write, no subprocess, no other host, no second for a turn of the event loop. */
function artefact(env: Record<string, string>): Deno.Command {
  const reads = [new URL("../static", import.meta.url).pathname, htmxFolder];
  return denoRun({
    env,
    args: [
      ...["--preload", new URL("turns.ts", import.meta.url).href],
      ...["--allow-net=127.0.0.1", `--allow-read=${reads}`],
      ...[`--allow-env=${variableNames}`, "--ignore-env"],
      ...[new URL("../build/main.js", import.meta.url).href, "start"],
    ],
  });
}

const htmxFolder = createRequire(import.meta.url).resolve("htmx.org/package.json")
  .replace(/package\.json$/, "");

async function serve(server: Deno.Command) {
  const child = server.spawn();
  const errors = new Response(child.stderr).text();
  let output = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    if (output.includes("\n")) break;
  }
  const origin = /^Callboard listens on (http:\S+)\n/.exec(output)?.[1];
  let isStopping = false;
  let isKilled = false;
  const stop = () => {
    if (!isStopping) child.kill("SIGTERM");
    isStopping = true;
  };
  return {
    origin: origin ?? "",
    output,
    pid: child.pid,
    stop,
    /** Ends it as a host does that has waited long enough. */
    kill: () => {
      isStopping = isKilled = true;
      child.kill("SIGKILL");
    },
    ended: child.status,
    [Symbol.asyncDispose]: async () => {
      stop();
      const { code } = await child.status;
      if (!isKilled) equal(code, 0);
      equal(await errors, "");
    },
  };
}
