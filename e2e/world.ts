import { createApiKey } from "../db/api_keys.ts";
import { type Database, type DatabaseConfig, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { runTask } from "./command.ts";
import { inhabitants } from "./inhabitants.ts";
import { type StandIn, startStandIn } from "./mailgun_stand_in.ts";
import { settle } from "./month.ts";
import { isBuilt } from "./place.ts";
import { setDiskFull } from "./quota.ts";
import { readersOf } from "./records.ts";
import type { Reader } from "./reference.ts";
import { type Service, startService } from "./service_process.ts";
import { startSqld } from "./sqld.ts";
import { startTripwire } from "./tripwire.ts";

// Everything that a fault can strike, each a process of its own: services, usually two, their database, the provider.

const top = new URL("..", import.meta.url).pathname;

/** A Wednesday, two hours before the digests of most of Europe. */
const start = Date.parse("2026-10-21T04:40:00Z");

export interface World {
  services: Service[];
  standIn: StandIn;
  /** The database, where it is a server. */
  server: { kill(): Promise<void>; restart(): Promise<void> } | null;
  /** Resolves once that service sends such a statement to the database, which then gets no answer, and may not arrive. */
  cutLine: ((service: number, statement: RegExp, arrives: boolean) => Promise<void>) | null;
  readers: Reader[];
  db: Database;
  /** What the clock of all services shows. */
  now(): number;
  jump(milliseconds: number): void;
  /** Fills or empties the disk under the database; resolves to whether this machine can do that. */
  setDiskFull(full: boolean): Promise<boolean>;
  /** Does what the crons do, in a third process, as if it were that instant. */
  sweep(at: number): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  services: number;
  /** What the environment of each of them says beyond the usual, or in its place. */
  env: Record<string, string>;
  /** The folders of sources whose builds run, one after the other; this source where there is none. */
  built: string[];
}

/** Starts all of it, with the same people, on a file or on a server. */
export async function startWorld(
  kind: "file" | "server",
  { services: count = 2, env: further = {}, built = isBuilt && kind === "server" ? [top] : [] }:
    Partial<WorldOptions> = {},
): Promise<World> {
  const folder = await Deno.makeTempDir({ prefix: "callboard-" });
  const sqld = kind === "server" ? (await startSqld())! : null;
  const config = sqld ?? { url: `file:${folder}/callboard.db` };
  const db = await openDatabase(config);
  await migrateDatabase(db);
  const accounts = inhabitants(4);
  await settle(db, accounts, start);
  const readers = await readersOf(db, accounts);
  const apiKey = await createApiKey(db, { name: "backlot" }, start);
  const clock = openClock(`${folder}/clock`);
  const standIn = await startStandIn(folder, count);
  const each = Array.from({ length: count }, (_, service) => service);
  const lines = sqld && each.map(() => openLine(sqld.url));
  const env = (service: number) => ({
    ...environment(standIn.urls[service]!, config),
    ...further,
  });
  const services = await Promise.all(each.map((each) =>
    startService({
      env: { ...env(each), ...lines ? { TURSO_DATABASE_URL: lines[each]!.url } : {} },
      ...{ clock: clock.file, apiKey, built: built[each % built.length] },
    })
  ));
  return {
    ...{ services, standIn, readers, db, server: sqld },
    ...{ now: clock.now, jump: clock.jump },
    cutLine: lines && ((service, ...cut) => lines[service]!.cut(...cut)),
    setDiskFull: async (full) =>
      sqld
        ? await setDiskFull(sqld.pid(), full)
        : (await Promise.all(services.map((each) => each.setDiskFull(full)))).every(Boolean),
    sweep: async (at) => {
      const args = ["--at", new Date(at).toISOString()];
      const { code, stderr } = await runTask("sweep", { args, cwd: folder, env: env(0) });
      if (code !== 0) throw new Error(`A sweep ended with ${code}: ${stderr}`);
    },
    stop: async () => {
      await Promise.all([...services, standIn].map((each) => each.kill()));
      db.$client.close();
      await Promise.all(lines?.map(({ stop }) => stop()) ?? []);
      await sqld?.stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function environment(mailgunUrl: string, { url, authToken }: DatabaseConfig) {
  return {
    ...{ MAIL: "mailgun", MAILGUN_URL: mailgunUrl, MAILGUN_TIMEOUT: "1" },
    ...{ MAILGUN_API_KEY: "key-for-the-loopback", MAILGUN_DOMAIN: "mg.callboard.example" },
    ...{ PORT: "0", HOST: "127.0.0.1", BASE_URL: "https://callboard.example" },
    ...{ SECRET_KEY: "the secret of these tests, long enough", TURSO_DATABASE_URL: url },
    ...authToken ? { TURSO_AUTH_TOKEN: authToken } : {},
  };
}

/** A clock that everybody reads from a file: how far it is ahead of the machine's, in milliseconds. */
function openClock(file: string) {
  let ahead = start - Date.now();
  const write = () => {
    Deno.writeTextFileSync(`${file}.new`, String(ahead));
    // Nobody may find it half written.
    Deno.renameSync(`${file}.new`, file);
  };
  write();
  return {
    file,
    now: () => Date.now() + ahead,
    jump: (milliseconds: number) => {
      ahead += milliseconds;
      write();
    },
  };
}

/** A line to the database that can be cut. */
function openLine(url: string) {
  let next: { statement: RegExp; crossing: string; met: () => void } | null = null;
  const { stop, url: here } = startTripwire(url, (crossing, text) => {
    if (crossing !== next?.crossing || !next.statement.test(text)) return Promise.resolve(false);
    next.met();
    next = null;
    return Promise.resolve(true);
  });
  return {
    url: here,
    stop,
    cut: (statement: RegExp, arrives: boolean) =>
      new Promise<void>((met) => next = { statement, crossing: arrives ? "after" : "before", met }),
  };
}
