import type { Event } from "./events.ts";

/** An event as the log keeps it. */
export interface LogEntry {
  /** Of one that has a flaw only the type, the request and when it came in are shown. */
  event: Event;
  /** Why nobody is told of it; null for an event like any other. */
  flaw: string | null;
  /** In milliseconds since the epoch. */
  receivedAt: number;
  source: string;
  id: string;
  /** The names of the accounts that it concerns. */
  accounts: string[];
}
