import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { startSqld } from "../e2e/sqld.ts";
import { furnish } from "./forty.ts";
import { type Comparison, inTurns } from "./measure.ts";

const rounds = 15;

/** What the panel needs of others. */
const imports = ["hono", "zod", "drizzle-orm/libsql/web", "node:crypto"];

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
  const alone = await Promise.all(
    imports.map(async (name) => [name, await bundled(name)] as const),
  );
  const seconds = await inTurns<string>({
    panel: () =>
      firstAnswer("../build/main.js", { args: ["start"], env, path: "/notifications", headers }),
    bare: () => firstAnswer("./bare_server.ts", {}),
    ...Object.fromEntries(alone.map(([name, file]) => [name, () => firstAnswer(file, {})])),
  }, { rounds });
  await sqld.stop();
  const bare = { unit: "starts", amount: 1, theirs: seconds.bare! };
  return [
    {
      ...{ ...bare, ours: seconds.panel! },
      work: "cold start to the panel, libSQL server, code cache kept",
      ...{ against: "a bare `Deno.serve`", goal: 1 / 2.6 },
    },
    ...imports.map((name) => ({
      ...{ ...bare, work: `cold start with \`${name}\` alone`, ours: seconds[name]! },
      against: "a bare `Deno.serve`",
    })),
  ];
}

/** The bare server with something imported that it has no use for, as one file. */
async function bundled(name: string): Promise<string> {
  const file = `../build/imports/${name.replaceAll(/\W/g, "_")}`;
  const [entry, bundle] = ["entry.js", "js"].map((kind) =>
    new URL(`${file}.${kind}`, import.meta.url)
  );
  await Deno.mkdir(new URL(".", entry), { recursive: true });
  const code = `import * as all from "${name}";\nimport "../../bench/bare_server.ts";\n`;
  await Deno.writeTextFile(entry!, `${code}Object.assign(globalThis, { all });\n`);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform", "deno", "-o", bundle!.pathname, entry!.pathname],
  }).output();
  if (!success) throw new Error(`Cannot measure: "${name}" cannot be bundled`);
  return bundle!.href;
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
