// What the wall clock of a time zone shows. The platform knows the zones; asking it is slow, so an answer is kept
// for as long as the clock of that zone does not change.

interface Span {
  offset: number;
  from: number;
  until: number;
}

const spans = new Map<string, Span>();

/** How far the zone's wall clock is ahead of UTC at an instant, both in milliseconds. */
export function offsetAt(instant: number, zone: string): number {
  return spanAt(instant, zone).offset;
}

/** The instant behind this one at which the zone's wall clock changes next, in milliseconds; Infinity where it never does. */
export function nextChangeAfter(instant: number, zone: string): number {
  return spanAt(instant, zone).until;
}

function spanAt(instant: number, zone: string): Span {
  const known = spans.get(zone);
  if (known && known.from <= instant && instant < known.until) return known;
  const span = spanAround(instant, zone);
  spans.set(zone, span);
  return span;
}

function spanAround(instant: number, zone: string): Span {
  const here = localTime(instant, zone);
  // "previous" leaves out a change at this very instant, which is where the span begins.
  const change = localTime(instant + 1, zone).getTimeZoneTransition("previous");
  return {
    offset: here.offsetNanoseconds / 1_000_000,
    from: change?.epochMilliseconds ?? -Infinity,
    until: here.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity,
  };
}

/** The day that the zone's calendar shows, counted from 1 January 1970: whole numbers are much faster than dates. */
export function dayOf(instant: number, zone: string): number {
  return Math.floor((instant + offsetAt(instant, zone)) / 86_400_000);
}

/** What the zone's clock and calendar show at an instant. */
export function localTime(instant: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
}

/** Whether a time zone has exactly this name. An offset such as "+02:00" is no zone: it has no summers. */
export function isZone(zone: string): boolean {
  if (spans.has(zone)) return true;
  if (!/^[a-z]/i.test(zone)) return false;
  try {
    return localTime(0, zone).timeZoneId === zone;
  } catch {
    return false; // a RangeError
  }
}

/** The zone, or UTC where the platform does not know it: mail at another hour is better than none. */
export function knownZone(zone: string): string {
  return isZone(zone) ? zone : "UTC";
}

/** "Madrid" for "Europe/Madrid": what stands beside a time. */
export function zoneName(zone: string): string {
  return knownZone(zone).split("/").at(-1)!.replaceAll("_", " ");
}
