import process from "node:process";

// Loaded before a service: complains of every turn of the event loop that takes more than a second. What counts is the
// time that the thread worked: on a busy machine it may also have waited for its turn there.

const mostMilliseconds = 1_000;

function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

let before = worked();
const watching = setInterval(() => {
  const now = worked();
  if (now - before > mostMilliseconds) {
    console.error(`A turn of the event loop took ${Math.round(now - before)} ms`);
  }
  before = now;
}, 10);
// The service itself starts only when nothing that was loaded before it is left to wait for.
Deno.unrefTimer(watching);
