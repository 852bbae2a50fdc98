import { knownZone, nextChangeAfter, offsetAt } from "./zones.ts";

// Quiet hours hold immediate mail back while the reader's wall clock shows certain hours. Digests keep their own hours.

/** From and until which full hours, 0 to 23, in which zone; across midnight where `quietFrom` is the later one. Both are null without any. */
export interface QuietHours {
  zone: string;
  quietFrom: number | null;
  quietUntil: number | null;
}

const hour = 3_600_000;
const day = 24 * hour;

/** The end of the quiet hours that are going on at an instant, in milliseconds: the first instant that is not quiet. Null outside of any. */
export function quietEnd(
  { zone, quietFrom: from, quietUntil: until }: QuietHours,
  instant: number,
): number | null {
  if (from === null || until === null) return null;
  const known = knownZone(zone);
  const isQuiet = (at: number) => within(clockOf(at, known) / hour, from, until);
  if (!isQuiet(instant)) return null;
  let end = instant;
  while (isQuiet(end)) {
    const left = (until * hour - clockOf(end, known) + day) % day;
    // Where the clock changes first, what it shows from then on decides.
    end = Math.min(end + left, nextChangeAfter(end, known));
  }
  return end;
}

/** How far the wall clock has come since midnight. */
function clockOf(instant: number, zone: string): number {
  const local = instant + offsetAt(instant, zone);
  return local - Math.floor(local / day) * day;
}

function within(clock: number, from: number, until: number): boolean {
  return from < until ? from <= clock && clock < until : from <= clock || clock < until;
}
