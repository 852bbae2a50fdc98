import { sql } from "drizzle-orm";
import type { Frequency } from "../domain/catalogue.ts";
import type { EmailContent } from "../domain/compose.ts";
import { NotFound } from "../domain/errors.ts";
import type { Event } from "../domain/events.ts";
import { allJson, type Database, rowsOf } from "./client.ts";
import { eventColumns, type EventTuple, toEvent } from "./events.ts";

/** An email as its reader may look at it again. */
export interface PastEmail {
  id: string;
  frequency: Frequency;
  composedAt: number;
  state: "queued" | "sent" | "canceled" | "failed";
  /** What it tells, in the order of the log, without what retention has taken away. */
  items: { event: Event; reasons: EmailContent["reasons"] }[];
}

/** An email of its reader, with everything that it tells; throws NotFound. One round trip. */
export async function findEmail(db: Database, userId: string, id: string): Promise<PastEmail> {
  const own = sql`FROM emails WHERE id = ${id} AND user_id = ${userId}`;
  const [[email], rows] = await db.batch([
    db.all<Omit<PastEmail, "items"> & { content: string }>(sql`
      SELECT id, frequency, composed_at AS composedAt, state, content ${own}`),
    allJson(
      db,
      eventColumns,
      sql`
      SELECT events.* FROM json_each((SELECT content ${own}), '$.items') item
      JOIN events ON events.seq = item.value ->> 'seq' ORDER BY events.seq`,
    ),
  ]);
  if (!email) throw new NotFound(`Cannot show email "${id}": it is not yours, or too old`);
  const { content, ...rest } = email;
  return { ...rest, items: itemsOf(JSON.parse(content), rowsOf<EventTuple>(rows).map(toEvent)) };
}

function itemsOf({ items, reasons }: EmailContent, events: Event[]): PastEmail["items"] {
  const told = new Map(items.map((item) => [item.seq, item.reasons]));
  return events.map((event) => ({
    event,
    reasons: (told.get(event.seq) ?? []).map((index) => reasons[index]!),
  }));
}
