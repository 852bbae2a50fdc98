import { NotAccepted, type SendEmail } from "../domain/email.ts";
import type { Database } from "../db/client.ts";
import { deliverToOutbox } from "../db/outbox.ts";

export interface OutboxOptions {
  from: string;
  /** The right side of the Message-ID. */
  mailDomain: string;
  now: () => number;
}

/** A transport that delivers to the outbox page; the same email again changes nothing. */
export function outboxSender(db: Database, { from, mailDomain, now }: OutboxOptions): SendEmail {
  return async (email, { asksOnly }) => {
    // What was delivered was noted; only a process that dies in between would know better.
    if (asksOnly) throw new NotAccepted();
    const messageId = `<${email.id}@${mailDomain}>`;
    const envelope = { From: from, To: email.to, Subject: email.subject, "Message-ID": messageId };
    const headers = { ...envelope, ...email.headers };
    await deliverToOutbox(db, { ...email, headers }, now());
    return messageId;
  };
}
