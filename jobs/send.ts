import { stillOwed, tellsOfPause, type ToldEvent, toldEvents } from "../domain/compose.ts";
import type { Email, SendEmail } from "../domain/email.ts";
import type { Event } from "../domain/events.ts";
import { openNotifications } from "../domain/notifications.ts";
import { quietEnd } from "../domain/quiet_hours.ts";
import type { Report } from "../domain/reporting.ts";
import { type ClaimedEmail, postpone, releaseEmails } from "../db/claims.ts";
import type { Database } from "../db/client.ts";
import { cancelEmail, markSent, narrowEmail, type SentEmail } from "../db/emails.ts";
import type { Reader } from "../db/readers.ts";
import { signedEmail } from "../views/emails/signed.ts";
import { askFor, handOver } from "./hand_over.ts";
import { type Notes, openNotes } from "./notes.ts";
import { waitingEmails } from "./queue.ts";
import { renderSparing, withoutSetAside } from "./set_aside.ts";
import type { Watching } from "./watchdog.ts";

export interface SendParts extends Watching {
  db: Database;
  sendEmail: SendEmail;
  now: () => number;
  baseUrl: string;
  mailDomain: string;
  secretKey: string;
  /** How many emails are on their way at once. */
  sendConcurrency?: number;
  /** Takes what went wrong with one account or email, while everything else went on. */
  report: Report;
  /** Aborted when the process is about to end: what is on its way is finished, and nothing else begun. */
  stopping?: AbortSignal | undefined;
}

export type SendCounts = Record<"sent" | "canceled" | "postponed" | "failed", number>;

/** Sends everything that waits to be sent, once or at each of these turns; resolves to what became of it. */
export async function sendAll(
  parts: SendParts,
  turns: AsyncIterable<unknown> | Iterable<unknown> = ["now"],
): Promise<SendCounts> {
  const counts: SendCounts = { sent: 0, canceled: 0, postponed: 0, failed: 0 };
  const notes = openNotes((sent: SentEmail[]) => markSent(parts.db, sent, parts.now()));
  for await (const _ of turns) {
    // What becomes of one email may put another into the queue.
    while (!parts.stopping?.aborted && await sendWaiting({ ...parts, notes }, counts) > 0);
  }
  return counts;
}

/** Sends what waits now; counts what became of it, and resolves to how much it was. */
async function sendWaiting(parts: Sending, counts: SendCounts): Promise<number> {
  let begun = 0;
  const { notes, sendConcurrency = 50 } = parts;
  const waiting = waitingEmails({ ...parts, noted: notes.finish });
  const keepSending = async () => {
    for await (const { email, ...known } of waiting) {
      begun += 1;
      const sending = sendOne(parts, email, known);
      counts[await sending.catch((error) => keepWaiting(parts, email, error))] += 1;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: sendConcurrency }, keepSending));
  await notes.finish();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return begun;
}

/** The lease keeps an email in trouble from being tried at once again, and nobody else's waits for it. */
function keepWaiting({ report }: SendParts, { id }: ClaimedEmail, error: unknown): "postponed" {
  report(`email ${id}`, error);
  return "postponed";
}

interface Sending extends SendParts {
  /** Takes down what was sent. */
  notes: Notes<SentEmail>;
}

/** Asks once more whether the email is still wanted, then hands it over; resolves to what became of it. */
async function sendOne(
  parts: Sending,
  claimed: ClaimedEmail,
  { reader, events }: { reader: Reader; events: Map<number, Event> },
): Promise<keyof SendCounts> {
  const { db, now } = parts;
  const { settings } = reader;
  const cancel = async (problem: string) =>
    await cancelEmail(db, claimed, { problem, settings }) ? "canceled" : await askAgain();
  // Somebody changed the settings meanwhile, by which it may be wanted after all, or now.
  const askAgain = async () => {
    await releaseEmails(db, [claimed], now());
    return "postponed" as const;
  };
  if (reader.deactivatedAt !== null) return await cancel("the user was deactivated");
  if (reader.addressFailedAt !== null) return await cancel("the address takes no mail");
  const wait = heldBack(claimed, reader, now());
  if (wait) {
    return await postpone(db, claimed, { ...wait, settings }) ? "postponed" : await askAgain();
  }
  const wanted = stillOwed(claimed.content, openNotifications(reader.notifications, reader.roles));
  if (wanted !== claimed.content && claimed.attempts > 1) {
    // What an earlier try handed over is told, and must not come again for another reason.
    const found = await ask(parts, claimed, { reader, items: toldEvents(claimed.content, events) });
    if (found) return found;
  }
  if (!wanted) return await cancel("nothing in it is wanted any more");
  const told = toldEvents(wanted, events);
  if (told.length === 0) {
    return await cancel("its events are older than the retention, or damaged");
  }
  const { rendered: email, items } = await renderSparing(told, {
    ...parts,
    render: (items) => render(parts, { ...claimed, content: wanted }, { reader, items }),
  });
  if (!email) return await cancel("its events cannot be told");
  const content = withoutSetAside(wanted, { told, items });
  if (content !== claimed.content && !await narrowEmail(db, claimed, { content, settings })) {
    return await askAgain();
  }
  return await handOver(parts, claimed, { email, reader, items });
}

/** Asks for an email as it was when it may have been handed over; resolves to null where nobody has it. */
async function ask(
  parts: Sending,
  claimed: ClaimedEmail,
  { reader, items: told }: { reader: Reader; items: ToldEvent[] },
) {
  if (told.length === 0) return null;
  const { rendered: email, items } = await renderSparing(told, {
    ...parts,
    render: (items) => render(parts, claimed, { reader, items }),
  });
  return email && await askFor(parts, claimed, { email, reader, items });
}

/** Until when an email has to wait, and why, or null. */
function heldBack({ frequency }: ClaimedEmail, reader: Reader, now: number) {
  const { pausedUntil } = reader;
  if (pausedUntil !== null && pausedUntil > now) {
    return { at: pausedUntil, problem: "mail is paused" };
  }
  const at = frequency === "immediately" ? quietEnd(reader, now) : null;
  return at === null ? null : { at, problem: "quiet hours" };
}

async function render(
  { baseUrl, mailDomain, secretKey }: SendParts,
  { id: emailId, content, frequency, composedAt }: ClaimedEmail,
  { reader, items }: { reader: Reader; items: ToldEvent[] },
): Promise<Email> {
  const catchUp = tellsOfPause(content, items);
  const { reasons, dueAt } = content;
  const composed = { emailId, mailDomain, baseUrl, composedAt, frequency, items, catchUp, dueAt };
  const rendered = await signedEmail(
    { ...composed, reader, account: reader.account, reasons },
    secretKey,
  );
  return { id: emailId, to: reader.email, ...rendered };
}
