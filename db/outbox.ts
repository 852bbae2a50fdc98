import { desc, eq } from "drizzle-orm";
import type { Email } from "../domain/email.ts";
import { NotFound } from "../domain/errors.ts";
import type { Database } from "./client.ts";
import { outbox } from "./schema.ts";

export type OutboxEmail = typeof outbox.$inferSelect;
export type OutboxLine = Pick<OutboxEmail, "id" | "recipient" | "subject" | "sentAt">;

/** Keeps an email for the browser to show; the same id again changes nothing. */
export async function deliverToOutbox(db: Database, email: Email, now: number): Promise<void> {
  const { id, to: recipient, subject, headers, text, html } = email;
  await db.insert(outbox).values({ id, recipient, subject, headers, text, html, sentAt: now })
    .onConflictDoNothing();
}

/** The newest emails first, without their bodies. */
export async function listOutbox(db: Database, limit = 200): Promise<OutboxLine[]> {
  const { id, recipient, subject, sentAt } = outbox;
  return await db.select({ id, recipient, subject, sentAt }).from(outbox)
    .orderBy(desc(sentAt), desc(id)).limit(limit);
}

/** One email of the outbox; throws NotFound. */
export async function findOutboxEmail(db: Database, id: string): Promise<OutboxEmail> {
  const [found] = await db.select().from(outbox).where(eq(outbox.id, id));
  if (!found) throw new NotFound(`Cannot show email "${id}": it is not in the outbox`);
  return found;
}
