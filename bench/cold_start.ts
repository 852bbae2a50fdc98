import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { startSqld } from "../e2e/sqld.ts";
import { furnish } from "./forty.ts";
import { type Comparison, inTurns } from "./measure.ts";

const rounds = 15;

/** From the start of what is deployed to the last byte of the panel, with its database elsewhere, against a server that only says "ok". */
export async function coldStart(): Promise<Comparison[]> {
  const sqld = await startSqld();
  if (!sqld) return [];
  await new Deno.Command(Deno.execPath(), { args: ["task", "--quiet", "build"] }).output();
  const db = await openDatabase(sqld);
  await migrateDatabase(db);
  const session = await furnish(db, Date.now());
  db.$client.close();
  const env = {
    ...{ TURSO_DATABASE_URL: sqld.url, TURSO_AUTH_TOKEN: sqld.authToken, MAIL: "outbox" },
    ...{ SECRET_KEY: "s".repeat(32), HOST: "127.0.0.1" },
  };
  const headers = { cookie: `session=${session}` };
  const seconds = await inTurns({
    panel: () =>
      firstAnswer("../build/main.js", { args: ["start"], env, path: "/notifications", headers }),
    bare: () => firstAnswer("./bare_server.ts", {}),
  }, { rounds });
  await sqld.stop();
  return [{
    work: "cold start to the panel, libSQL server",
    unit: "starts",
    amount: 1,
    ours: seconds.panel,
    against: "a bare `Deno.serve`",
    theirs: seconds.bare,
    goal: 1 / 2.6,
  }];
}

interface Start {
  args?: string[];
  env?: Record<string, string>;
  path?: string;
  headers?: HeadersInit;
}

/** Starts a program, asks it until it answers, reads the answer to its end, and ends the program. */
async function firstAnswer(program: string, { args, env, path = "/", headers }: Start) {
  const port = freePort();
  const file = new URL(program, import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", file, ...args ?? [String(port)]],
    env: { ...env, PORT: String(port) },
    stdout: "null",
  }).spawn();
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: headers ?? {} })
      .catch(() => null);
    if (response === null) {
      await new Promise((over) => setTimeout(over, 1));
      continue;
    }
    if (!response.ok) throw new Error(`Cannot measure: ${program} answered ${response.status}`);
    await response.arrayBuffer();
    break;
  }
  child.kill("SIGKILL");
  await child.status;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
