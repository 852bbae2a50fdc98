/** Sends a process a signal, unless it has ended already. */
export function signal(process: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    process.kill(name);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // Deno's word for "it ended already"
  }
}
