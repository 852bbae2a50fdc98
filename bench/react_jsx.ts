import configuration from "../deno.json" with { type: "json" };

/** A program of this project, run in a process of its own with its views compiled for `react-jsx`. */
export async function startWithReactJsx(program: string, args: string[]) {
  const folder = await Deno.makeTempDir({ prefix: "callboard-bench-" });
  const { imports, unstable, compilerOptions } = configuration;
  await Deno.writeTextFile(
    `${folder}/deno.json`,
    JSON.stringify({
      ...{ imports, unstable, nodeModulesDir: "manual" },
      compilerOptions: { ...compilerOptions, jsx: "react-jsx" },
    }),
  );
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--config", `${folder}/deno.json`, program, ...args],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  return {
    /** Writes a line and waits for the answer. */
    async ask(line: string): Promise<string> {
      await input.write(new TextEncoder().encode(`${line}\n`));
      const { value } = await output.read();
      if (!value) throw new Error(`Cannot measure: ${program} has ended`);
      return value;
    },
    async stop(): Promise<void> {
      await input.close();
      await child.status;
      await output.cancel();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
