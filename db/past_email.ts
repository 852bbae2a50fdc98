import { sql } from "drizzle-orm";
import type { Frequency } from "../domain/catalogue.ts";
import { type EmailContent, type ToldEvent, toldEvents } from "../domain/compose.ts";
import type { EmailProgress } from "../domain/email_states.ts";
import { NotFound } from "../domain/errors.ts";
import type { Event } from "../domain/events.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import { allJson, type Database, rowsOf } from "./client.ts";
import { eventColumns, type EventTuple, wholeEvents } from "./event_rows.ts";
import { shownColumns, type ShownTuple, toShown } from "./notification_rows.ts";
import { eventsNumbered, mostNumbered, rowsInTurn } from "./numbered_events.ts";

/** An email as its reader may look at it again. */
export interface PastEmail extends EmailProgress {
  id: string;
  frequency: Frequency;
  content: EmailContent;
  /** What it tells, in the order of the log, without what retention has taken away. */
  items: ToldEvent[];
  /** The notifications among its reasons as they are now; those that were deleted are not there. */
  notifications: Map<number, ShownNotification>;
}

type Row = Omit<PastEmail, "content" | "items" | "notifications"> & { content: string };

/** An email of its reader, with everything that it tells; throws NotFound. One round trip, and one more for every further 2,000 events. */
export async function findEmail(db: Database, userId: string, id: string): Promise<PastEmail> {
  const own = sql`FROM emails WHERE id = ${id} AND user_id = ${userId}`;
  const content = sql`(SELECT content ${own})`;
  const [[email], events, notifications] = await db.batch([
    db.all<Row>(sql`
      SELECT id, frequency, coalesce(delivery, state) AS state, composed_at AS composedAt, sent_at AS sentAt, send_at AS sendAt,
        attempts, problem, content ${own}`),
    allJson(
      db,
      eventColumns,
      sql`
      SELECT events.* FROM json_each(${content}, '$.items') item
      JOIN events ON events.seq = item.value ->> 'seq' ORDER BY item.key LIMIT ${mostNumbered}`,
    ),
    allJson(
      db,
      shownColumns,
      sql`
      SELECT * FROM notifications WHERE user_id = ${userId} AND deleted_at IS NULL
        AND id IN (SELECT value ->> 'id' FROM json_each(${content}, '$.reasons'))`,
    ),
  ]);
  if (!email) throw new NotFound(`Cannot show email "${id}": it is not yours, or too old`);
  const told: EmailContent = JSON.parse(email.content);
  const byId = rowsOf<ShownTuple>(notifications).map(toShown).map((each) =>
    [each.id, each] as const
  );
  return {
    ...email,
    content: told,
    items: toldEvents(told, await eventsOf(db, told, rowsOf(events))),
    notifications: new Map(byId),
  };
}

/** The events of an email, of which the first were read with it. */
async function eventsOf(
  db: Database,
  { items }: EmailContent,
  first: EventTuple[],
): Promise<Map<number, Event>> {
  const others = items.slice(mostNumbered).map(({ seq }) => seq);
  const rows = others.length > 0 ? await rowsInTurn(eventsNumbered(db, others)) : [];
  return new Map(wholeEvents([...first, ...rows]).map((event) => [event.seq, event]));
}
