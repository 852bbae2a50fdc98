import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { hearingLimit } from "../domain/email_states.ts";

// How Mailgun signs what it posts: https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks

/** How far Mailgun's clock may be ahead of ours, in milliseconds. */
const clockSkew = 5 * 60_000;

export const mailgunSignature = z.object({
  /** Seconds since the epoch, as text: it is what was signed. */
  timestamp: z.union([z.string(), z.number()]).transform(String),
  token: z.string().min(1).max(200),
  signature: z.string(),
});
type Signature = z.infer<typeof mailgunSignature>;

/** Whether it was signed with the key: HMAC-SHA256, in hexadecimal, of the time stamp and the token. */
export function isSigned(key: string, { timestamp, token, signature }: Signature): boolean {
  const expected = createHmac("sha256", key).update(timestamp + token).digest();
  const given = Buffer.from(signature, "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whether it was signed so lately that Mailgun may still be telling it, and not in the future. */
export function isRecent({ timestamp }: Signature, now: number): boolean {
  const at = Number(timestamp) * 1000;
  return at > now - hearingLimit && at < now + clockSkew;
}
