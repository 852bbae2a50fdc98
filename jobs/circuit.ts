import { type SendEmail, TemporaryFailure, TooLate } from "../domain/email.ts";
import type { Report } from "../domain/reporting.ts";

/** How many failures in a row mean that the provider itself fails, not something about one email. */
const mostFailures = 10;
/** How long a failing provider is left alone, in milliseconds. */
const aWhile = 60_000;

/**
 * A sender that spares a provider in trouble. After some failures in a row, or when the provider asks for it, nothing is
 * handed over for a while, and then one email, whose fate decides for the others. What waits meanwhile is a temporary
 * failure like any other.
 */
export function sparing(
  sendEmail: SendEmail,
  { now, report }: { now: () => number; report: Report },
): SendEmail {
  let failures = 0;
  let pausedUntil = -Infinity;
  /** When the pause began: before that, the clock was put back, and the pause is over. */
  let pausedAt = -Infinity;

  function noteAnswer(): void {
    failures = 0;
    pausedUntil = -Infinity;
  }

  function noteFailure(error: TemporaryFailure): void {
    failures += 1;
    const wait = error.retryAfter === undefined ? aWhile : error.retryAfter * 1000;
    if (failures < mostFailures && error.retryAfter === undefined) return;
    if (now() >= pausedUntil) report("mail provider", error);
    pause(Math.max(pausedUntil - now(), wait));
  }

  function pause(milliseconds: number): void {
    pausedAt = now();
    pausedUntil = pausedAt + milliseconds;
  }

  return async (email, attempt) => {
    const left = pausedUntil - now();
    if (left > 0 && now() >= pausedAt) {
      throw new TemporaryFailure("the mail provider is in trouble", Math.ceil(left / 1000));
    }
    // Until it is known what becomes of this one, the others wait.
    if (failures >= mostFailures) pause(aWhile);
    try {
      const id = await sendEmail(email, attempt);
      noteAnswer();
      return id;
    } catch (error) {
      if (error instanceof TemporaryFailure) noteFailure(error);
      // One that came too late says nothing about the provider.
      else if (!(error instanceof TooLate)) noteAnswer();
      throw error;
    }
  };
}
