// A full disk for one process: whatever it wants to write to a file is refused, as the limit of the shell's `ulimit -f`
// has it. Nobody has to be root for that.

/** Arguments of `/bin/sh` that run a program which a quota refuses; left alone, the first refusal would end it. */
export function heedingQuotas(program: string): string[] {
  return ["-c", `trap "" XFSZ; exec "$@"`, "sh", program];
}

/** Fills or empties the disk of a process; resolves to whether this machine can do that. */
export async function setDiskFull(pid: number, full: boolean): Promise<boolean> {
  const limit = `--fsize=${full ? fewBytes : "unlimited"}:`;
  const args = ["--pid", String(pid), limit];
  const command = new Deno.Command("prlimit", { args, stdout: "null", stderr: "null" });
  return await command.output().then(({ success }) => success, () => false);
}

/** Less than any database has. */
const fewBytes = 4096;
