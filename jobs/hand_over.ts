import {
  type Email,
  NotAccepted,
  PermanentFailure,
  type SendEmail,
  TemporaryFailure,
  TooLate,
} from "../domain/email.ts";
import { isDeadlineType } from "../domain/catalogue.ts";
import type { ToldEvent } from "../domain/compose.ts";
import { deliveryLimit } from "../domain/email_states.ts";
import { type ClaimedEmail, postpone } from "../db/claims.ts";
import type { Database } from "../db/client.ts";
import { giveUp, markFailed, type SentEmail } from "../db/emails.ts";
import type { Reader } from "../db/readers.ts";
import type { Notes } from "./notes.ts";
import { isWatched, type Watching } from "./watchdog.ts";

// The last step of an email: a provider takes it, fails, or is given up on.

const minute = 60_000;
const hour = 60 * minute;

/**
 * How long before its end a lease is of no use any more, in milliseconds: whoever takes the email over must not find it
 * on its way. It is asked right before an email is handed over, since a clock may jump, a process may sleep, and a low
 * rate lets it wait.
 */
export const leaseMargin = 2 * minute;

/** How long the provider may fail before an email is given up, in milliseconds. */
const mostPatience = 48 * hour;

/** Why an email was given up, as its reader and the studio read it. */
const givenUp = "no provider took it for 48 hours, and another email takes its place";

interface HandOver extends Watching {
  db: Database;
  sendEmail: SendEmail;
  now: () => number;
  /** Takes down what was sent. */
  notes: Notes<SentEmail>;
}

/** An email as it is handed over. */
export interface Letter {
  email: Email;
  reader: Reader;
  items: ToldEvent[];
}

/** Hands an email to the provider; resolves to what became of it. */
export async function handOver(
  parts: HandOver,
  claimed: ClaimedEmail,
  letter: Letter,
): Promise<"sent" | "failed" | "postponed"> {
  try {
    // The last try may have been accepted without our hearing of it; one more would leave the same doubt.
    const { failingSince } = claimed;
    const asksOnly = failingSince !== null && parts.now() - failingSince >= mostPatience;
    return await attempt(parts, claimed, { ...letter, asksOnly });
  } catch (error) {
    return await noteFailure(parts, claimed, error);
  }
}

/**
 * Asks the provider for an email of which nobody knows whether an earlier try arrived; resolves to what became of it, or
 * null where the provider has it not, so that it can still be taken back.
 */
export async function askFor(
  parts: HandOver,
  claimed: ClaimedEmail,
  letter: Letter,
): Promise<"sent" | "failed" | "postponed" | null> {
  try {
    return await attempt(parts, claimed, { ...letter, asksOnly: true });
  } catch (error) {
    return error instanceof NotAccepted ? null : await noteFailure(parts, claimed, error);
  }
}

async function attempt(
  { sendEmail, notes, now, ...watching }: HandOver,
  { id, attempts, leasedUntil }: ClaimedEmail,
  { email, reader, items, asksOnly }: Letter & { asksOnly: boolean },
): Promise<"sent" | "postponed"> {
  const isTooLate = () => now() > leasedUntil - leaseMargin;
  if (isTooLate()) return "postponed";
  const providerId = await sendEmail(email, {
    ...{ number: attempts, isTooLate },
    ...asksOnly && { asksOnly },
  });
  const { name, zone, account } = reader;
  const sent = { subject: email.subject, name, zone, account: account.name };
  const hasDeadline = items.some(({ event }) => isDeadlineType(event.type));
  const deliverBy = hasDeadline && isWatched(watching) ? now() + deliveryLimit : null;
  notes.add({ id, providerId, sent, deliverBy });
  return "sent";
}

async function noteFailure(
  { db, now }: Pick<HandOver, "db" | "now">,
  claimed: ClaimedEmail,
  error: unknown,
): Promise<"failed" | "postponed"> {
  if (error instanceof TooLate) return "postponed";
  if (error instanceof NotAccepted) {
    const successor = crypto.randomUUID();
    await giveUp(db, claimed, { successor, problem: givenUp, now: now() });
    return "failed";
  }
  if (error instanceof PermanentFailure) {
    const addressFailedAt = error.addressFailed ? now() : null;
    await markFailed(db, claimed, { problem: error.message, addressFailedAt });
    return "failed";
  }
  if (!(error instanceof TemporaryFailure)) throw error;
  const at = now() + waitAfter(claimed.attempts, error.retryAfter);
  await postpone(db, claimed, { at, problem: error.message, failedAt: now() });
  return "postponed";
}

/**
 * Milliseconds until the next attempt: 1, 2, 4... minutes, at most an hour, and up to a fifth less, so that what failed
 * together does not come back together; never less than the provider asked for.
 */
export function waitAfter(attempts: number, retryAfter = 0): number {
  const jitter = 1 - Math.random() / 5;
  const backoff = Math.floor(Math.min(2 ** (attempts - 1), 60) * minute * jitter);
  return Math.max(backoff, retryAfter * 1000);
}
