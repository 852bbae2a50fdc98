import { type SendEmail, TemporaryFailure } from "../domain/email.ts";

/** How many failures in a row mean that the provider itself fails, not something about one email. */
const mostFailures = 10;
/** How long a failing provider is left alone, in milliseconds. */
const pause = 60_000;

/**
 * A sender that spares a provider in trouble. After some failures in a row, or when the provider asks for it, nothing is
 * handed over for a while, and then one email, whose fate decides for the others. What waits meanwhile is a temporary
 * failure like any other.
 */
export function sparing(
  sendEmail: SendEmail,
  { now, report }: { now: () => number; report: (what: string, error: unknown) => void },
): SendEmail {
  let failures = 0;
  let pausedUntil = -Infinity;

  function noteAnswer(): void {
    failures = 0;
    pausedUntil = -Infinity;
  }

  function noteFailure(error: TemporaryFailure): void {
    failures += 1;
    const wait = error.retryAfter === undefined ? pause : error.retryAfter * 1000;
    if (failures < mostFailures && error.retryAfter === undefined) return;
    if (now() >= pausedUntil) report("mail provider", error);
    pausedUntil = Math.max(pausedUntil, now() + wait);
  }

  return async (email, attempt) => {
    const left = pausedUntil - now();
    if (left > 0) {
      throw new TemporaryFailure("the mail provider is in trouble", Math.ceil(left / 1000));
    }
    // Until it is known what becomes of this one, the others wait.
    if (failures >= mostFailures) pausedUntil = now() + pause;
    try {
      const id = await sendEmail(email, attempt);
      noteAnswer();
      return id;
    } catch (error) {
      if (error instanceof TemporaryFailure) noteFailure(error);
      else noteAnswer();
      throw error;
    }
  };
}
