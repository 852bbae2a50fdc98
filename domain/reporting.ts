import { logText } from "./errors.ts";

/** Takes what went wrong while everything else goes on: what it is about, by ids alone, and the problem. */
export type Report = (what: string, problem: unknown) => void;

/** The one shape of a line in the log: no address, no title and no token stands in it. */
export function reportLine(what: string, problem: unknown, now: number): string {
  return JSON.stringify({ at: new Date(now).toISOString(), what, problem: logText(problem) });
}
