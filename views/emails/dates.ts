import { getOrAdd, remembered } from "../../domain/maps.ts";
import { isZone, zoneName } from "../../domain/zones.ts";

// An email is read days after it was composed: its dates are absolute, never "tomorrow".

/** Where dates are read, and in which year. */
export interface Viewpoint {
  zone: string;
  year: string;
}

/** The viewpoint of a reader in this zone; `instant` in milliseconds since the epoch. */
export function viewpointAt(instant: number, zone: string): Viewpoint {
  const known = clocks.has(zone) || isZone(zone) ? zone : "UTC";
  return { zone: known, year: wallClock(instant, known).year };
}

/** "Tue 24 Nov", with the year where it is not that of the viewpoint. */
export function dayText(instant: number, viewpoint: Viewpoint): string {
  return dayOf(wallClock(instant, viewpoint.zone), viewpoint);
}

/** "Tue 24 Nov 18:00". */
export function instantText(instant: number, viewpoint: Viewpoint): string {
  const clock = wallClock(instant, viewpoint.zone);
  return `${dayOf(clock, viewpoint)} ${clock.time}`;
}

/** "Tue 24 Nov" for a mere date, "Tue 24 Nov 18:00, Madrid" for an instant, null for what is neither. */
export function dateText(value: unknown, viewpoint: Viewpoint): string | null {
  if (typeof value !== "string" || Number.isNaN(Date.parse(value))) return null;
  const instant = Date.parse(value);
  // A mere date is the same day everywhere.
  if (!value.includes("T")) return dayText(instant, { ...viewpoint, zone: "UTC" });
  return `${instantText(instant, viewpoint)}, ${zoneName(viewpoint.zone)}`;
}

interface WallClock {
  day: string;
  year: string;
  time: string;
}

function dayOf({ day, year }: WallClock, viewpoint: Viewpoint): string {
  return year === viewpoint.year ? day : `${day} ${year}`;
}

/** What a zone's clock shows, by minutes since the epoch. */
type Clock = (minute: number) => WallClock;

const clocks = new Map<string, Clock>();

/** How many minutes are remembered of each zone: those of a day. */
const mostShown = 1_440;

function wallClock(instant: number, timeZone: string): WallClock {
  return getOrAdd(clocks, timeZone, () => clockIn(timeZone))(Math.floor(instant / 60_000));
}

/** A clock that remembers for a while, because the same event is told to many people; and one for each zone, because making a format takes longer than rendering an email. */
function clockIn(timeZone: string): Clock {
  const format = formatFor(timeZone);
  return remembered((minute: number) => readClock(minute * 60_000, format), mostShown);
}

function readClock(instant: number, format: Intl.DateTimeFormat): WallClock {
  // "Tue, 24 Nov 2026, 18:00": taken apart by hand, which is three times faster than `formatToParts`.
  const [weekday, date, month, year = "", hour, minute] = format.format(instant)
    .match(/\p{L}+|\d+/gu) ?? [];
  return { day: `${weekday} ${date} ${month}`, year, time: `${hour}:${minute}` };
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}
