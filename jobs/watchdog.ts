import type { MailConfig } from "../config.ts";
import type { Database } from "../db/client.ts";
import { queueOutgoing } from "../db/outgoing.ts";
import { findOverdue, markOverdueTold } from "../db/overdue.ts";
import { deliveryLimit } from "../domain/email_states.ts";
import { overdueEmail } from "../views/emails/overdue.tsx";

/** What tells whether anybody says what was delivered. */
export interface Watching {
  mail?: Pick<MailConfig, "transport"> | undefined;
  webhookSigningKey?: string | undefined;
}

/** Whether it will be known what was delivered; what nobody tells cannot be missed. */
export function isWatched({ mail, webhookSigningKey }: Watching): boolean {
  return mail?.transport === "mailgun" && webhookSigningKey !== undefined;
}

interface Watch extends Watching {
  db: Database;
  now: () => number;
  baseUrl: string;
}

/** Tells the studio's admins, once, of emails about deadlines that are not known to be delivered in time; the queue sends it. */
export async function raiseOverdue({ db, now, baseUrl, ...watching }: Watch): Promise<void> {
  if (!isWatched(watching)) return;
  const { ids, admins } = await findOverdue(db, now());
  const [first] = ids;
  if (first === undefined) return;
  const minutes = deliveryLimit / 60_000;
  const words = overdueEmail({ count: ids.length, minutes, baseUrl });
  for (const { id: userId, email: to } of admins) {
    // Two processes that notice it at once queue one email.
    const email = { id: `overdue-${first}-${userId}`, to, headers: {}, ...words };
    await queueOutgoing(db, email, { userId, now: now(), most: Number.MAX_SAFE_INTEGER, since: 0 });
  }
  await markOverdueTold(db, ids, now());
}
