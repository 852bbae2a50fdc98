import { isZone } from "../../domain/schedule.ts";

// An email is read days after it was composed: its dates are absolute, never "tomorrow".

/** Where and when a date is read; `composedAt` in milliseconds since the epoch. */
export interface Viewpoint {
  zone: string;
  composedAt: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** "Tue 24 Nov", with the year where it is not that of the email. */
export function dayText(instant: number, { zone, composedAt }: Viewpoint): string {
  const { weekday, day, month, year } = partsOf(instant, zone);
  const written = `${weekday} ${day} ${month}`;
  return year === partsOf(composedAt, zone).year ? written : `${written} ${year}`;
}

/** "Tue 24 Nov 18:00". */
export function instantText(instant: number, viewpoint: Viewpoint): string {
  const { hour, minute } = partsOf(instant, viewpoint.zone);
  return `${dayText(instant, viewpoint)} ${hour}:${minute}`;
}

/** "Tue 24 Nov" for a mere date, "Tue 24 Nov 18:00, Madrid" for an instant, null for what is neither. */
export function dateText(value: unknown, viewpoint: Viewpoint): string | null {
  if (typeof value !== "string" || Number.isNaN(Date.parse(value))) return null;
  const instant = Date.parse(value);
  // A mere date is the same day everywhere.
  if (!value.includes("T")) return dayText(instant, { ...viewpoint, zone: "UTC" });
  return `${instantText(instant, viewpoint)}, ${cityOf(viewpoint.zone)}`;
}

/** "Madrid" for "Europe/Madrid". */
export function cityOf(zone: string): string {
  return knownZone(zone).split("/").at(-1)!.replaceAll("_", " ");
}

function partsOf(instant: number, zone: string): Partial<Record<string, string>> {
  const parts = formatFor(knownZone(zone)).formatToParts(instant);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** Made once for each zone, because making one takes longer than rendering an email. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const made = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  formats.set(timeZone, made);
  return made;
}

function knownZone(zone: string): string {
  return formats.has(zone) || isZone(zone) ? zone : "UTC";
}
