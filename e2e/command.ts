import manifest from "../deno.json" with { type: "json" };

const top = new URL("..", import.meta.url);
const tasks: Record<string, string> = manifest.tasks;

const quiet = ["-q", "--no-prompt"];

export interface Ended {
  code: number;
  /** Standard output, line by line. */
  lines: string[];
  stderr: string;
}

/** What of the environment every process needs to find its packages; nothing of Callboard's own. */
const environment = Object.fromEntries(
  ["HOME", "PATH", "DENO_DIR", "TMPDIR"].flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  }),
);

/** The paths of deno.json are those beside it; a task that runs in another folder has its data there. */
function ownData(flags: string[]): string[] {
  const { read, write } = manifest.permissions.default;
  const paths = (
    beside: string[],
  ) => ["data", ...beside.map((path) => new URL(path, top).pathname)];
  return [
    ...flags.includes("-R") ? [] : [`--allow-read=${paths(read)}`],
    ...flags.includes("-W") ? [] : [`--allow-write=${paths(write)}`],
  ];
}

/** A task of deno.json as a real process, with the permissions that it has there, in a folder and with an environment of its own. */
export function command(
  task: string,
  { args = [], cwd, env = {}, step = 0 }: {
    args?: string[];
    cwd: string;
    env?: Record<string, string>;
    /** Which of its commands, from 0. */
    step?: number;
  },
): Deno.Command {
  const [, , ...words] = tasks[task]!.split(" && ")[step]!.split(" ");
  const place = words.findIndex((word) => word.endsWith(".ts"));
  const flags = words.slice(0, place).filter((flag) => !quiet.includes(flag));
  const may = flags.includes("-P") ? ownData(flags) : [];
  const entry = new URL(words[place]!, top).href;
  return denoRun({ args: [...flags, ...may, entry, ...words.slice(place + 1), ...args], cwd, env });
}

/** A real process of Deno that has nothing but these arguments, permissions among them, and this environment. */
export function denoRun(
  { args, cwd, env }: { args: string[]; cwd?: string; env: Record<string, string> },
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...quiet, ...args],
    ...cwd && { cwd },
    env: { ...environment, NO_COLOR: "1", ...env },
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a task to its end. */
export async function runTask(...task: Parameters<typeof command>): Promise<Ended> {
  const { code, stdout, stderr } = await command(...task).output();
  const text = new TextDecoder().decode(stdout);
  const lines = text.split("\n").slice(0, -1);
  return { code, lines, stderr: new TextDecoder().decode(stderr) };
}

/** An empty folder for a process to run in; it goes when the test is over. */
export async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir({ prefix: "callboard-" });
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
