import { linesOf } from "./lines.ts";
import type { Heard } from "./mailgun_api.ts";
import type { Failure } from "./mailgun_server.ts";

/** A Mailgun that runs as a process of its own, with a door for each sender. */
export interface StandIn {
  /** Where each sender finds it; the same after a restart. */
  urls: string[];
  /** The next request at that door fails; resolves once one did. */
  fail(door: number, failure: Failure): Promise<void>;
  /** Ends it as a power cut would; what it accepted stays. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Everything that it was asked, in order. */
  log(): Heard[];
}

/** Starts it with its log in that folder. */
export async function startStandIn(folder: string, doors: number): Promise<StandIn> {
  const log = `${folder}/mailgun.log`;
  Deno.writeTextFileSync(log, "");
  const met = new Map<number, () => void>();
  let numbers = 0;
  let { process, urls } = await launch(log, Array(doors).fill("0"), met);
  const writer = () => process.stdin.getWriter();
  let stdin = writer();
  const kill = async () => {
    process.kill("SIGKILL");
    await process.status;
    await stdin.abort().catch(() => {});
  };
  return {
    urls,
    fail: (door, failure) => {
      const number = numbers += 1;
      const order = `${JSON.stringify({ number, door, failure })}\n`;
      const meeting = new Promise<void>((resolve) => met.set(number, resolve));
      // To one that was killed meanwhile nobody comes.
      stdin.write(new TextEncoder().encode(order)).catch(() => {});
      return meeting;
    },
    kill,
    restart: async () => {
      ({ process } = await launch(log, urls.map((url) => new URL(url).port), met));
      stdin = writer();
    },
    log: () => Deno.readTextFileSync(log).split("\n").filter(Boolean).map((l) => JSON.parse(l)),
  };
}

async function launch(log: string, ports: string[], met: Map<number, () => void>) {
  const entry = new URL("mailgun_process.ts", import.meta.url).pathname;
  const args = ["run", "--quiet", "-RWN", entry, log, ...ports];
  const command = new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "piped" });
  const process = command.spawn();
  const { promise, resolve } = Promise.withResolvers<string[]>();
  (async () => {
    for await (const line of linesOf(process.stdout)) {
      const said: { urls?: string[]; met?: number } = JSON.parse(line);
      if (said.urls) resolve(said.urls);
      else met.get(said.met!)?.();
    }
  })();
  return { process, urls: await promise };
}
