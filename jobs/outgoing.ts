import {
  type ClaimedOutgoing,
  claimOutgoing,
  markOutgoingFailed,
  markOutgoingSent,
  postponeOutgoing,
} from "../db/outgoing.ts";
import { PermanentFailure, TemporaryFailure, TooLate } from "../domain/email.ts";
import { leaseMargin, waitAfter } from "./hand_over.ts";
import { lease } from "./queue.ts";
import type { SendParts } from "./send.ts";

type OutgoingParts = Pick<SendParts, "db" | "sendEmail" | "now" | "report" | "stopping">;

/** Sends the emails that no event caused, as far as they wait to be sent; what goes wrong with one keeps no other waiting. */
export async function sendOutgoing(parts: OutgoingParts): Promise<void> {
  const { db, now, stopping, report } = parts;
  while (!stopping?.aborted) {
    // One at a time: between claiming it and handing it over, no other takes up its lease.
    const [email] = await claimOutgoing(db, { now: now(), lease, limit: 1 });
    if (!email) break;
    await sendOne(parts, email).catch((error) => report(`email ${email.id}`, error));
  }
}

async function sendOne(
  { db, sendEmail, now, report }: OutgoingParts,
  { attempts, ...email }: ClaimedOutgoing,
): Promise<void> {
  const leasedUntil = now() + lease;
  const isTooLate = () => now() > leasedUntil - leaseMargin;
  try {
    await sendEmail(email, { number: attempts, isTooLate });
  } catch (error) {
    if (error instanceof TooLate) return;
    if (error instanceof PermanentFailure) {
      // What a provider says may quote the address.
      report(`email ${email.id}`, new Error("the provider refused it for good"));
      return await markOutgoingFailed(db, email.id, error.message);
    }
    if (!(error instanceof TemporaryFailure)) throw error;
    const at = now() + waitAfter(attempts, error.retryAfter);
    return await postponeOutgoing(db, email.id, { at, problem: error.message });
  }
  await markOutgoingSent(db, email.id);
}
