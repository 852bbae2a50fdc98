import { deepEqual, equal } from "node:assert/strict";
import { createRequire } from "node:module";
import { type Mode, variableNames } from "../config.ts";
import type { DatabaseConfig } from "../db/client.ts";
import type { Clock } from "./clock.ts";
import { command, denoRun } from "./command.ts";
import { gather } from "./lines.ts";
import { isBuilt } from "./place.ts";

/** What the server says of itself in links. */
export const publicUrl = "https://callboard.example";

const listening = { PORT: "0", HOST: "127.0.0.1" };
const environment = {
  ...{ ...listening, BASE_URL: publicUrl },
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
export async function startArtefact(database: DatabaseConfig) {
  return await serve(artefact({ ...environment, ...at(database) }));
}

/** The same with a clock that a test holds, which keeps its crons still. */
export async function startHeld(
  { database, clock, mode, env }: {
    database: DatabaseConfig;
    clock: Clock;
    mode: Mode;
    env: Record<string, string>;
  },
) {
  const here = { ...listening, ...at(database), CLOCK_FILE: clock.file! };
  return await serve(artefact({ ...env, ...here }, { mode, held: clock.file }));
}

function at({ url, authToken }: DatabaseConfig): Record<string, string> {
  return { TURSO_DATABASE_URL: url, ...authToken && { TURSO_AUTH_TOKEN: authToken } };
}

/** With no permission but those that it needs: no addon, no disk to write, no subprocess, no other host, no second for a turn of the event loop. */
function artefact(
  env: Record<string, string>,
  { mode = "start", held }: { mode?: Mode; held?: string | undefined } = {},
): Deno.Command {
  const reads = [new URL("../static", import.meta.url).pathname, htmxFolder, ...held ? [held] : []];
  const names = [...variableNames, ...held ? ["CLOCK_FILE"] : []];
  return denoRun({
    env,
    args: [
      ...preloads("turns", ...held ? ["held_clock"] : []),
      ...["--allow-net=127.0.0.1", `--allow-read=${reads}`],
      ...[`--allow-env=${names}`, "--ignore-env"],
      ...[new URL("../build/main.js", import.meta.url).href, mode],
    ],
  });
}

function preloads(...names: string[]): string[] {
  return names.flatMap((name) => ["--preload", new URL(`${name}.ts`, import.meta.url).href]);
}

const htmxFolder = createRequire(import.meta.url).resolve("htmx.org/package.json")
  .replace(/package\.json$/, "");

async function serve(server: Deno.Command) {
  const child = server.spawn();
  const logged: string[] = [];
  const told = gather(child.stderr, logged);
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
    /** What it complains of, line by line. */
    logged,
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
      await told;
      deepEqual(logged, []);
    },
  };
}
