import { quietEnd, type QuietHours } from "./quiet_hours.ts";
import { nextDigestText } from "./schedule.ts";

// What became of an email, in words for its reader: what it means for them, not what a provider said.

/** What a provider tells of an email that it took; a later one outweighs all before it, in whatever order they are told. */
export const deliveries = ["delayed", "delivered", "refused", "complained"] as const;
export type Delivery = typeof deliveries[number];

/** How old what a provider tells may be, in milliseconds: it goes on trying to tell for eight hours. */
export const hearingLimit = 9 * 3_600_000;

/** How long after a provider took it an email that tells of deadlines may be on its way, in milliseconds. */
export const deliveryLimit = 15 * 60_000;

/** The problem of an email that took longer. */
export const overdue =
  "not known to be delivered within 15 minutes, although it tells of deadlines";

/** The most that is known of an email: what the provider told of it, or else what we did with it. */
export type EmailStanding = "queued" | "sent" | "canceled" | "failed" | "given up" | Delivery;

/** The problem of an email that the studio took back; unlike one that was canceled, it counts as told. */
export const takenBack = "the studio took it back";

export const emailStates: Record<EmailStanding, string> = {
  queued: "On its way",
  sent: "Sent",
  canceled: "Taken back",
  failed: "Failed",
  "given up": "Given up",
  delayed: "Sent",
  delivered: "Delivered",
  refused: "Refused",
  complained: "Marked as spam",
};

/** How far an email has come. Instants are milliseconds since the epoch. */
export interface EmailProgress {
  state: EmailStanding;
  composedAt: number;
  sentAt: number | null;
  /** Not sent before this instant, while it is queued. */
  sendAt: number;
  attempts: number;
  /** Why it was taken back, failed, or has to wait; only what we said ourselves is fit to be read. */
  problem: string | null;
}

/** What there is to say of an email beside when it was sent, in a sentence or two; null where all went well. */
export function progressText(email: EmailProgress, reader: Waiting, now: number): string | null {
  switch (email.state) {
    case "sent":
    case "delivered":
      return null;
    case "delayed":
      return "The mail server of your address did not take it at once; it is tried again.";
    case "refused":
      return "The mail server of your address refused it. Everything that it told stands here.";
    case "complained":
      return "It was marked as spam in your mailbox, so no more mail comes.";
    case "given up":
    case "canceled":
      return `Taken back before it was sent: ${email.problem ?? "it was not wanted any more"}.`;
    case "failed":
      if (email.problem === takenBack) {
        return "The studio took it back before it was sent. Everything that it told stands here.";
      }
      return "The mail provider refused it for good. Everything that it told stands here.";
    case "queued":
      return waitText(email, reader, now);
  }
}

/** What may hold a reader's mail back. */
export interface Waiting extends QuietHours {
  pausedUntil: number | null;
}

function waitText({ sendAt, attempts, problem }: EmailProgress, reader: Waiting, now: number) {
  const when = nextDigestText(sendAt, reader.zone, now);
  if (sendAt > now && sendAt === reader.pausedUntil) {
    return `Waits for the end of your pause: ${when}.`;
  }
  if (sendAt === quietEnd(reader, now)) return `Waits for the end of your quiet hours: ${when}.`;
  if (problem === null) return null;
  const tried = attempts === 1 ? "tried once" : `tried ${attempts} times`;
  return `Waits for the mail provider, ${tried}. Next try: ${when}.`;
}
