import type { DatabaseConfig } from "../db/client.ts";
import { type Moment as MessageMoment, startMailgun } from "./mailgun_server.ts";
import { startTripwire } from "./tripwire.ts";

// Real processes of the command `sweep`, killed where it hurts.

const apiKey = "key-for-the-loopback";
const domain = "mg.callboard.example";

/** What a sweep is doing: composing (the commit of an account's emails), claiming, noting what was sent, or sending. */
export type Moment =
  | `${"compose" | "claim" | "note"} ${"before" | "after"}`
  | `message ${MessageMoment}`;

/** Kills a sweep at a moment, when it comes for the nth time, or after that part of the time that the last whole one took. */
export type Kill = { at: Moment; nth: number } | { part: number };

export interface Sweeps {
  messages: Record<string, string>[];
  /** Runs a sweep as if it were `now`; resolves to whether it was killed. */
  run(now: number, kill?: Kill): Promise<boolean>;
  stop(): Promise<void>;
}

/** How each step reads on the line to the database. */
const steps: ["compose" | "claim" | "note", RegExp][] = [
  ["compose", /INSERT INTO emails /],
  ["claim", /attempts = attempts \+ 1/],
  ["note", /SET state = 'sent'/],
];

/** Readies a provider, and a line to the database where it is a server; a file's steps cannot be seen. */
export async function readySweeps({ url, authToken }: DatabaseConfig): Promise<Sweeps> {
  const running = new Set<Running>();
  const pass = async (moment: Moment): Promise<boolean> => {
    const met = [...running].filter((each) => each.meets(moment));
    await Promise.all(met.map((each) => each.die()));
    return met.length > 0;
  };
  const mailgun = await startMailgun({
    apiKey,
    domain,
    onMessage: (moment) => pass(`message ${moment}`),
  });
  const wire = url.startsWith("file:") ? null : startTripwire(url, async (crossing, text) => {
    const step = steps.find(([, pattern]) => pattern.test(text));
    return step !== undefined && await pass(`${step[0]} ${crossing}`);
  });
  const environment = {
    MAIL: "mailgun",
    MAILGUN_API_KEY: apiKey,
    MAILGUN_DOMAIN: domain,
    MAILGUN_URL: mailgun.url,
    BASE_URL: "https://callboard.example",
    SECRET_KEY: "the secret of these tests, long enough",
    TURSO_DATABASE_URL: wire?.url ?? url,
    ...authToken ? { TURSO_AUTH_TOKEN: authToken } : {},
  };
  let whole = 0;
  return {
    messages: mailgun.messages,
    run: async (now, kill) => {
      const began = performance.now();
      const sweep = new Running(spawn(environment, now), kill, whole);
      running.add(sweep);
      const killed = await sweep.end();
      running.delete(sweep);
      if (!killed) whole = performance.now() - began;
      return killed;
    },
    stop: async () => {
      await mailgun.stop();
      await wire?.stop();
    },
  };
}

function spawn(env: Record<string, string>, now: number): Deno.ChildProcess {
  const entry = new URL("../tasks/sweep.ts", import.meta.url).pathname;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-ERNWS", "--allow-ffi", entry, "--at", new Date(now).toISOString()],
    env,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** One process, and what it dies of. */
class Running {
  #left: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly process: Deno.ChildProcess,
    readonly kill: Kill | undefined,
    whole: number,
  ) {
    this.#left = kill && "at" in kill ? kill.nth : 0;
    if (kill && "part" in kill) this.#timer = setTimeout(() => this.die(), kill.part * whole);
  }

  /** Whether this is where it dies. */
  meets(moment: Moment): boolean {
    if (!this.kill || "part" in this.kill || this.kill.at !== moment) return false;
    this.#left -= 1;
    return this.#left <= 0;
  }

  async die(): Promise<void> {
    try {
      this.process.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // Deno's word for "it ended already"
    }
    await this.process.status;
  }

  /** Resolves to whether it was killed; throws where it failed by itself or left something undone. */
  async end(): Promise<boolean> {
    const { signal, code, stdout, stderr } = await this.process.output();
    clearTimeout(this.#timer);
    if (signal === "SIGKILL") return true;
    const [said, wrong] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    if (code !== 0 || JSON.parse(said!).problems !== 0) throw new Error(`${said}${wrong}`);
    return false;
  }
}
