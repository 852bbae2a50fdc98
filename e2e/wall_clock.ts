import type { Pace, Reader } from "./reference.ts";

// When a digest is due, read from the wall clock of its reader by `Intl` alone.

export const halfHour = 30 * 60_000;

type Times = Pick<Reader, "zone" | "digestHour" | "digestWeekday">;

/** Whether this instant is one at which the reader's clock calls for a digest. */
export function isWindow(times: Times, pace: Pace, instant: number): boolean {
  if (instant % halfHour !== 0) return false;
  const { weekday, hour, minute } = readClock(times.zone, instant);
  if (minute !== 0) return false;
  if (pace === "hourly") return true;
  if (hour !== times.digestHour) return false;
  return pace === "daily" || weekday === times.digestWeekday;
}

/** Whether this reader's clock shows one of their quiet hours. */
export function isQuiet({ zone, quietFrom, quietUntil }: Reader, instant: number): boolean {
  if (quietFrom === undefined) return false;
  const { hour } = readClock(zone, instant);
  for (let quiet = quietFrom; quiet !== quietUntil; quiet = (quiet + 1) % 24) {
    if (quiet === hour) return true;
  }
  return false;
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function readClock(zone: string, instant: number) {
  const key = `${zone} ${instant}`;
  const known = clocks.get(key);
  if (known) return known;
  const [weekday, hour, minute] = formatOf(zone).format(instant).match(/\w+/g)!;
  const clock = {
    weekday: weekdays.indexOf(weekday!) + 1,
    hour: Number(hour),
    minute: Number(minute),
  };
  clocks.set(key, clock);
  return clock;
}

const clocks = new Map<string, { weekday: number; hour: number; minute: number }>();
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  formats.set(timeZone, format);
  return format;
}
