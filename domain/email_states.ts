import { quietEnd, type QuietHours } from "./quiet_hours.ts";
import { nextDigestText } from "./schedule.ts";

// What became of an email, in words for its reader: what it means for them, not what a provider said.

export type EmailState = "queued" | "sent" | "canceled" | "failed";

export const emailStates: Record<EmailState, string> = {
  queued: "On its way",
  sent: "Sent",
  canceled: "Taken back",
  failed: "Failed",
};

/** How far an email has come. Instants are milliseconds since the epoch. */
export interface EmailProgress {
  state: EmailState;
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
      return null;
    case "canceled":
      return `Taken back before it was sent: ${email.problem ?? "it was not wanted any more"}.`;
    case "failed":
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
