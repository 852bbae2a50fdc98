import type { Event, EventData } from "../../domain/events.ts";
import type { ComposedEmail, Reason, Told } from "./composed.ts";
import { notificationEmail } from "./notification.ts";

// The cast of the email tests: Ada reads, in Madrid, what happens to the requests of Meridian Post.

export const composedAt = Date.parse("2026-11-23T07:00:00Z");
export const baseUrl = "https://callboard.example";

export const redelivery: Reason = {
  id: 7,
  sentence: "Redelivery Requested where content type is Branded, daily",
};
export const comments: Reason = { id: 9, sentence: "Comment Added, daily" };

export const harbourLights = { id: "81234567", name: "Harbour Lights" };
export const glassOrchard = { id: "81234568", name: "The Glass Orchard" };

export function event(
  seq: number,
  type: string,
  data: EventData = {},
  subject: string | null = null,
) {
  return { seq, type, time: composedAt - 3_600_000, subject, data } satisfies Event;
}

export function told(event: Event, ...reasons: Reason[]): Told {
  return { event, reasons: reasons.length > 0 ? reasons : [redelivery] };
}

export function emailOf(items: Told[], changes: Partial<ComposedEmail> = {}) {
  return notificationEmail({
    emailId: "em-1",
    mailDomain: "mg.callboard.example",
    baseUrl,
    composedAt,
    reader: { id: "ada", name: "Ada Moreno", zone: "Europe/Madrid" },
    account: { id: "meridian-post", name: "Meridian Post" },
    frequency: "daily",
    catchUp: false,
    items,
    muteLinks: new Map([[7, "token-7"], [9, "token-9"]]),
    unsubscribeToken: "token-all",
    ...changes,
  });
}

export const url = "https://upstream.example/requests/SR-48213?a=1&b=2";
export const redeliveryEvent = event(2, "source-request.redelivery-requested", {
  title: harbourLights,
  url,
  summary: "Audio drift from 00:42:10",
  due: "2026-11-24",
}, "SR-48213");
export const commentEvent = event(1, "source-request.comment-added", {
  title: harbourLights,
  summary: "Is the M&E <needed>?",
}, "SR-48213");
export const acceptedEvent = event(
  3,
  "source-request.accepted",
  { title: glassOrchard },
  "SR-47020",
);
