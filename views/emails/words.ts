import { eventType, eventTypeLabel } from "../../domain/catalogue.ts";
import type { Event } from "../../domain/events.ts";
import type { OrderedEmail } from "./composed.ts";

// What other systems wrote, made fit to print.

/** The text on one line, without control characters, and no longer than `most` characters. */
export function oneLine(text: string, most = 500): string {
  return clipped(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim(), most);
}

/** The text with its line breaks, without other control characters, and no longer than `most` characters. */
export function paragraphs(text: string, most: number): string {
  const lines = text.replace(/\r\n?|[\p{Zl}\p{Zp}]/gu, "\n");
  return clipped(lines.replace(/[^\P{Cc}\n\t]/gu, "").trim(), most);
}

/** Cut between code points, so that no half of an emoji is left, and with a sign that it was cut. */
function clipped(text: string, most: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= most) return whole;
  const characters = [...whole];
  return characters.length <= most ? whole : `${characters.slice(0, most).join("")}…`;
}

/** "3 requests", "1 request". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** How many requests ask something of the reader, and how many do not: "3 need action, first due Tue 24 Nov, 12 for information". */
export function amountsOf(
  { requests }: Pick<OrderedEmail, "requests">,
  due: string | null = null,
): string {
  const asking = requests.filter(({ open }) => open.length > 0).length;
  const others = requests.length - asking;
  return [
    ...asking > 0 ? [needing(asking)] : [],
    ...due ? [`${asking === 1 ? "due" : "first due"} ${due}`] : [],
    ...others > 0 ? [`${others} for information`] : [],
  ].join(", ");
}

/** "3 need action", "1 needs action". */
export function needing(count: number): string {
  return count === 1 ? "1 needs action" : `${count} need action`;
}

export function labelOf(event: Event): string {
  return oneLine(eventTypeLabel(event.type));
}

/** What happened, as a sentence; of an event type that left the catalogue only its id is known. */
export function sentenceOf(event: Event): string {
  return eventType(event.type)?.sentence ?? labelOf(event);
}

/** "Harbour Lights (SR-48213)", or as much of it as the event tells; empty where it tells neither. */
export function nameOf({ data, subject }: Event): string {
  const title = data.title && oneLine(data.title.name, 120);
  const request = subject && oneLine(subject);
  return title && request ? `${title} (${request})` : title || request || "";
}
