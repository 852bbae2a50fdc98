import * as z from "zod";
import { isDate } from "./conditions.ts";
import { knownZone } from "./zones.ts";

// What the studio looks for in the whole log.

const words = z.string().trim().max(200).optional().catch(undefined);
const date = z.string().refine(isDate).optional().catch(undefined);
const seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().catch(undefined);

/** What was asked for; a value that says nothing is as good as none. Dates are days on the reader's calendar. */
export const logQuery = z.object({
  type: words,
  account: words,
  source: words,
  q: words,
  from: date,
  until: date,
  /** Only what came in before this `seq`. */
  before: seq,
  /** Whether the page follows the log. */
  follow: z.literal("on").optional().catch(undefined),
  /** The newest `seq` that the page shows already. */
  seen: seq,
});
export type LogQuery = z.output<typeof logQuery>;

interface Span {
  from: number | undefined;
  until: number | undefined;
}

/** The first instant of the first day and the one behind the last, in milliseconds, as far as they are given. */
export function spanOf({ from, until }: LogQuery, zone: string): Span {
  const begin = (day: string, days: number) =>
    Temporal.PlainDate.from(day).add({ days }).toZonedDateTime(knownZone(zone)).epochMilliseconds;
  return { from: from ? begin(from, 0) : undefined, until: until ? begin(until, 1) : undefined };
}
