import { variableNames } from "../config.ts";
import { gather, linesOf } from "./lines.ts";
import { signal } from "./processes.ts";
import { heedingQuotas, setDiskFull } from "./quota.ts";
import type { Happening } from "./reference.ts";

/** The service as `deno task start` runs it, or as a build, as a process whose clock the test moves. */
export interface Service {
  /** Posts events as an upstream system does; resolves to whether all of them are durable. */
  post(events: Happening[]): Promise<boolean>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  setDiskFull(full: boolean): Promise<boolean>;
  origin(): string;
  pid(): number;
  /** What it complained about, over all of its lives. */
  complaints(): string[];
}

export interface ServiceOptions {
  env: Record<string, string>;
  /** The file that holds how far its clock is ahead, in milliseconds. */
  clock: string;
  apiKey: string;
  /** The folder of a source that was built, where its build is to run; the source here where there is none. */
  built?: string;
}

const top = new URL("..", import.meta.url).pathname;

/** How long an upstream system waits for an answer, in milliseconds. */
const patience = 5_000;

/** Starts the service. */
export async function startService(
  { env, clock, apiKey, built }: ServiceOptions,
): Promise<Service> {
  const complaints: string[] = [];
  const launch = async () => {
    const process = command({ ...env, CLOCK_FILE: clock }, built).spawn();
    gather(process.stderr, complaints);
    for await (const line of linesOf(process.stdout)) {
      const [, origin] = /^Callboard listens on (\S+)$/.exec(line) ?? [];
      if (origin) return { process, origin };
    }
    throw new Error(`Cannot start the service:\n${complaints.join("\n")}`);
  };
  let running = await launch();
  return {
    post: (events) => post(running.origin, apiKey, events),
    kill: async () => {
      signal(running.process, "SIGKILL");
      await running.process.status;
    },
    start: async () => void (running = await launch()),
    setDiskFull: (full) => setDiskFull(running.process.pid, full),
    origin: () => running.origin,
    pid: () => running.process.pid,
    complaints: () => complaints,
  };
}

function command(env: Record<string, string>, built?: string): Deno.Command {
  const preloads = ["jumping_clock", "turns"].flatMap((
    file,
  ) => ["--preload", `${top}e2e/${file}.ts`]);
  const rest = built ? builtRun(built) : sourceRun();
  const args = [...heedingQuotas(Deno.execPath()), "run", "--quiet", ...preloads, ...rest, "start"];
  return new Deno.Command("/bin/sh", { args, env, stdout: "piped", stderr: "piped" });
}

function sourceRun(): string[] {
  // Its clock is a file that a variable names.
  return ["-P", "-N", "-R", `--allow-env=${[...variableNames, "CLOCK_FILE"]}`, `${top}main.ts`];
}

/** Another version may read other variables; none of them writes, or loads what is not JavaScript. */
function builtRun(folder: string): string[] {
  return ["--no-prompt", "-N", "-R", "-E", `${folder}/build/main.js`];
}

async function post(origin: string, apiKey: string, events: Happening[]): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/api/events`, {
      method: "POST",
      headers: {
        "authorization": `Bearer ${apiKey}`,
        "content-type": "application/cloudevents-batch+json",
      },
      body: JSON.stringify(events),
      signal: AbortSignal.timeout(patience),
    });
    await response.body?.cancel();
    return response.status === 202;
  } catch {
    return false; // dead, or without a database that answers
  }
}
