// The servers that the peers need, from Debian: each on a free port of loopback, in a folder of its own, and stopped with it.

/** A server that runs, how its clients reach it, and the process to stop. */
export interface Server extends AsyncDisposable {
  address: string;
}

/** Redis as BullMQ advises: it appends to its file every second and evicts nothing. Null where it is not installed. */
export async function startRedis(): Promise<Server | null> {
  const program = await find("redis-server");
  if (!program) return null;
  const port = freePort();
  const folder = await Deno.makeTempDir({ prefix: "callboard-redis-" });
  const settings = { port, bind: "127.0.0.1", dir: folder, save: "", appendonly: "yes" };
  const args = Object.entries({ ...settings, "maxmemory-policy": "noeviction" })
    .flatMap(([name, value]) => [`--${name}`, `${value}`]);
  return await started(new Deno.Command(program, { args, ...silent }), {
    port,
    folder,
    address: `${port}`,
  });
}

/** PostgreSQL as it is, but for a larger cache: a commit is durable, as ours is. Null where it is not installed. */
export async function startPostgres(): Promise<Server | null> {
  const [initdb, postgres] = [await find("initdb"), await find("postgres")];
  if (!initdb || !postgres) return null;
  const port = freePort();
  const folder = await Deno.makeTempDir({ prefix: "callboard-postgres-" });
  // It refuses to run as root.
  const owner = Deno.uid() === 0 ? await idsOf("postgres") : null;
  if (owner) await Deno.chown(folder, owner.uid, owner.gid);
  const data = `${folder}/data`;
  const initial = {
    args: ["-D", data, "-A", "trust", "-U", "bench"],
    cwd: folder,
    ...owner,
    ...silent,
  };
  const { success } = await new Deno.Command(initdb, initial).output();
  if (!success) throw new Error("Cannot measure: PostgreSQL makes no database");
  const settings = ["shared_buffers=256MB", "listen_addresses=127.0.0.1"].flatMap((
    each,
  ) => ["-c", each]);
  const args = ["-D", data, "-p", `${port}`, "-k", folder, ...settings];
  const address = `postgres://bench@127.0.0.1:${port}/postgres`;
  const command = new Deno.Command(postgres, { args, cwd: folder, ...owner, ...silent });
  return await started(command, { port, folder, address });
}

const silent = { stdin: "null", stdout: "null", stderr: "null" } as const;

async function started(
  command: Deno.Command,
  { port, folder, address }: { port: number; folder: string; address: string },
): Promise<Server> {
  const process = command.spawn();
  for (let tries = 0; !await listens(port); tries += 1) {
    if (tries > 100) throw new Error(`Cannot measure: nothing listens on port ${port}`);
    await new Promise((over) => setTimeout(over, 100));
  }
  return {
    address,
    async [Symbol.asyncDispose]() {
      process.kill("SIGINT");
      await process.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function listens(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false; // nothing listens yet
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Where a program is, on the path or where Debian puts those of PostgreSQL. */
async function find(program: string): Promise<string | undefined> {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  for (const name of await namesIn("/usr/lib/postgresql")) {
    folders.push(`/usr/lib/postgresql/${name}/bin`);
  }
  for (const folder of folders) {
    const found = await Deno.stat(`${folder}/${program}`).catch(() => null);
    if (found?.isFile) return `${folder}/${program}`;
  }
  return undefined;
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  return entries.map(({ name }) => name);
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(["-u", "-g"].map(async (what) => {
    const { stdout } = await new Deno.Command("id", { args: [what, user] }).output();
    return Number(new TextDecoder().decode(stdout));
  }));
  return { uid: uid!, gid: gid! };
}
