import type { Sent } from "./sending.ts";

// The programs of this folder, each a process of its own, so that one's memory and garbage are not another's.

/** Lets a program of this folder send; it is a process of its own. */
export async function sentBy(program: string, args: string[]): Promise<Sent> {
  const child = run(program, args);
  const lines = linesOf(child);
  await lines.next();
  const go = child.stdin.getWriter();
  await go.write(new Uint8Array([10]));
  const { value } = await lines.next();
  const { success } = await child.status;
  if (!value || !success) throw new Error(`Cannot measure: ${program} failed`);
  return JSON.parse(value);
}

/** The lines that a program of this folder prints, until it ends. */
export async function* linesBy(program: string, args: string[]): AsyncGenerator<string> {
  const child = run(program, args);
  yield* linesOf(child);
  if (!(await child.status).success) throw new Error(`${program} failed`);
}

function run(program: string, args: string[]): Deno.ChildProcess {
  const path = new URL(`./${program}.ts`, import.meta.url).pathname;
  const options: Deno.CommandOptions = {
    args: ["run", "-A", "--no-check", path, ...args],
    stdin: "piped",
    stdout: "piped",
  };
  return new Deno.Command(Deno.execPath(), options).spawn();
}

async function* linesOf({ stdout }: Deno.ChildProcess): AsyncGenerator<string> {
  let text = "";
  for await (const part of stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (text + part).split("\n");
    text = lines.pop()!;
    yield* lines;
  }
}

/** The provider that takes every message, and answers after so many milliseconds. */
export async function startSink(delay = 0): Promise<AsyncDisposable & { url: string }> {
  const child = run("mail_sink", [`${delay}`]);
  const { value: port } = await linesOf(child).next();
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}
