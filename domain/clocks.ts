/** How far our clock may be from the database's until somebody should set it, in milliseconds; leases allow for more. */
const patience = 30_000;

/** A line for whoever watches from outside, where our clock and the database's disagree; "" where they do not. */
export function clockText({ now, database }: { now: number; database: number }): string {
  const ahead = now - database;
  if (Math.abs(ahead) <= patience) return "";
  const seconds = Math.round(Math.abs(ahead) / 1000);
  return `clock: ${seconds} seconds ${ahead > 0 ? "ahead of" : "behind"} the database's\n`;
}
