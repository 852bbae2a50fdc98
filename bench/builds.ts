// What is deployed, made of this source and of what stands in its history.

const top = new URL("..", import.meta.url).pathname;

/** Builds this source; resolves to its folder. */
export async function buildHere(): Promise<string> {
  await run(["deno", "task", "--quiet", "build"], top);
  return top;
}

/** Puts a commit's source into an empty folder and builds it as Deno Deploy would; resolves to the folder. */
export async function buildCommit(commit: string, folder: string): Promise<string> {
  const archive = `${folder}/source.tar`;
  await run(["git", "archive", "--output", archive, commit], top);
  await run(["tar", "-xf", archive], folder);
  await run(["deno", "install", "--quiet", "--frozen"], folder);
  await run(["deno", "task", "--quiet", "build"], folder);
  return folder;
}

async function run([program, ...args]: string[], cwd: string): Promise<void> {
  const path = program === "deno" ? Deno.execPath() : program!;
  const { success, stderr } = await new Deno.Command(path, { args, cwd }).output();
  if (success) return;
  throw new Error(`Cannot run "${program} ${args.join(" ")}": ${new TextDecoder().decode(stderr)}`);
}
