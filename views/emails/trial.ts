import type { Event } from "../../domain/events.ts";
import { notificationEmail } from "./notification.ts";

/** Why an event cannot be put into an email, or null for one that can. Quotes nothing of what it says. */
export function renderingFlaw(event: Event): string | null {
  try {
    notificationEmail({ ...nobody, items: [{ event, reasons: [] }] });
    return null;
  } catch (error) {
    return `${error instanceof Error ? error.name : "an error"} while rendering it`;
  }
}

const nobody = {
  emailId: "",
  mailDomain: "",
  baseUrl: "",
  composedAt: 0,
  frequency: "immediately" as const,
  reader: { id: "", name: "", zone: "UTC" },
  account: { id: "", name: "" },
  muteLinks: new Map<number, string>(),
  unsubscribeToken: "",
  catchUp: false,
};
