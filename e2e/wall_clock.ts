import type { Pace, Reader } from "./reference.ts";

// When a digest is due, read from the wall clock of its reader by `Intl` alone.

export const halfHour = 30 * 60_000;

type Times = Pick<Reader, "zone" | "digestHour" | "digestWeekday">;

/** Whether this instant is one at which the reader's clock calls for a digest. */
export function isWindow(times: Times, pace: Pace, instant: number): boolean {
  const { weekday, hour, minute } = readClock(times.zone, instant);
  if (minute !== 0) return false;
  if (pace === "hourly") return true;
  if (hour !== times.digestHour) return false;
  return pace === "daily" || weekday === times.digestWeekday;
}

/** The first half hour behind `instant` at which the reader's clock calls for a digest. */
export function firstWindow(times: Times, pace: Pace, instant: number): number {
  const next = (Math.floor(instant / halfHour) + 1) * halfHour;
  const key = [times.zone, times.digestHour, times.digestWeekday, pace, next].join();
  const known = windows.get(key);
  if (known !== undefined) return known;
  let window = next;
  while (!isWindow(times, pace, window)) window += halfHour;
  windows.set(key, window);
  return window;
}

/** When something immediate may reach this reader that happens at an instant: then, or as soon as no hour is quiet. */
export function firstOpening(reader: Reader, instant: number): number {
  if (!isQuiet(reader, instant)) return instant;
  let opening = (Math.floor(instant / halfHour) + 1) * halfHour;
  while (isQuiet(reader, opening)) opening += halfHour;
  return opening;
}

function isQuiet({ zone, quietFrom, quietUntil }: Reader, instant: number): boolean {
  if (quietFrom === undefined) return false;
  const { hour } = readClock(zone, instant);
  for (let quiet = quietFrom; quiet !== quietUntil; quiet = (quiet + 1) % 24) {
    if (quiet === hour) return true;
  }
  return false;
}

const windows = new Map<string, number>();

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
