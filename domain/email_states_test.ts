import { deepEqual } from "node:assert/strict";
import { type EmailProgress, progressText, type Waiting } from "./email_states.ts";

const now = Date.parse("2026-11-20T22:30:00Z");
const hour = 3_600_000;

const queued: EmailProgress = {
  ...{ state: "queued", composedAt: now - hour, sentAt: null, sendAt: now, attempts: 0 },
  problem: null,
};
const reader: Waiting = { zone: "UTC", quietFrom: null, quietUntil: null, pausedUntil: null };

function text(email: Partial<EmailProgress>, asked: Partial<Waiting> = {}): string | null {
  return progressText({ ...queued, ...email }, { ...reader, ...asked }, now);
}

Deno.test("of an email that goes its way there is nothing more to say", () => {
  deepEqual([text({}), text({ state: "sent", sentAt: now })], [null, null]);
  // Its sender has it just now.
  deepEqual(text({ sendAt: now + hour, attempts: 1 }), null);
});

Deno.test("an email that waits says for what, and until when", () => {
  const sendAt = now + 8.5 * hour;
  deepEqual([
    text({ sendAt, problem: "mail is paused" }, { pausedUntil: sendAt }),
    text({ sendAt, problem: "quiet hours" }, { quietFrom: 22, quietUntil: 7 }),
    text({ sendAt, attempts: 1, problem: "451 4.7.1" }),
    text({ sendAt, attempts: 3, problem: "451 4.7.1" }),
  ], [
    "Waits for the end of your pause: Tomorrow 07:00, UTC.",
    "Waits for the end of your quiet hours: Tomorrow 07:00, UTC.",
    "Waits for the mail provider, tried once. Next try: Tomorrow 07:00, UTC.",
    "Waits for the mail provider, tried 3 times. Next try: Tomorrow 07:00, UTC.",
  ]);
});

Deno.test("an email that never arrived says what that means", () => {
  deepEqual([
    text({ state: "canceled", problem: "the user was deactivated" }),
    text({ state: "failed", problem: "550 5.1.1 <ada@lumen.example>" }),
  ], [
    "Taken back before it was sent: the user was deactivated.",
    "The mail provider refused it for good. Everything that it told stands here.",
  ]);
});

Deno.test("an email that its reader's mail server did not take says so, and one that it took says nothing", () => {
  deepEqual([
    text({ state: "delivered", sentAt: now }),
    text({ state: "delayed", sentAt: now }),
    text({ state: "refused", sentAt: now }),
    text({ state: "complained", sentAt: now }),
  ], [
    null,
    "The mail server of your address did not take it at once; it is tried again.",
    "The mail server of your address refused it. Everything that it told stands here.",
    "It was marked as spam in your mailbox, so no more mail comes.",
  ]);
});
