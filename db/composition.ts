import { sql } from "drizzle-orm";
import type { Frequency } from "../domain/catalogue.ts";
import type { EmailContent } from "../domain/compose.ts";
import type { DigestFrequency } from "../domain/schedule.ts";
import { placeIn } from "../domain/spread.ts";
import { settleBookmarks } from "./bookmarks.ts";
import { type Database, jsonParts } from "./client.ts";
import type { Snapshot } from "./composing.ts";
import { passing } from "./quiet_digests.ts";

export interface NewEmail {
  id: string;
  userId: string;
  frequency: Frequency;
  window: number;
  content: EmailContent;
  lastSeq: number;
}

/** What one look at the log of an account accounts for. */
export interface Composition {
  account: Snapshot;
  emails: NewEmail[];
  /** Whose notifications of which frequencies now stand at `upTo`. */
  bookmarks: { userId: string; frequency: Frequency }[];
  /** The digests that were due, and when they are due next. */
  digests: { userId: string; frequency: DigestFrequency; window: number; next: number }[];
  /** Who is no longer behind, and whether the pause is behind them too. */
  caughtUp: { userId: string; resumed: boolean }[];
  /** Whose immediate mail waits for the end of quiet hours, in milliseconds. */
  held: { userId: string; until: number }[];
  /** The last `seq` that this look considered. */
  upTo: number;
  /** Whether all immediate notifications of the account were considered up to `upTo`. */
  dispatched: boolean;
  now: number;
  /** Over how many milliseconds the digests are handed over; none where it is absent. */
  spread?: number | undefined;
}

/** Writes the emails and everything that they account for, or, by a constraint, nothing: when anything that was read has changed since. */
export async function commitLooks(db: Database, looks: readonly Composition[]): Promise<void> {
  const emails = looks.flatMap((look) =>
    look.emails.map((email) => ({ ...email, at: look.now, sendAt: handedOverAt(email, look) }))
  );
  const bookmarks = looks.flatMap(({ bookmarks, upTo }) => bookmarks.map((b) => ({ ...b, upTo })));
  const digests = looks.flatMap(({ digests }) => digests);
  const caughtUp = looks.flatMap(({ caughtUp }) => caughtUp);
  const held = looks.flatMap(({ held }) => held);
  await db.batch([
    // Whoever is held is read from their own bookmarks from now on, which are those of before this look.
    settleBookmarks(db, held.map(({ userId }) => userId)),
    takeTurns(db, looks),
    ...jsonParts(emails).map((part) => insertEmails(db, part)),
    ...bookmarks.length > 0 ? [moveBookmarks(db, bookmarks)] : [],
    ...digests.length > 0 ? passing(db, JSON.stringify(digests)) : [],
    ...caughtUp.length > 0 ? [catchUp(db, caughtUp)] : [],
    ...held.length > 0 ? [hold(db, held)] : [],
  ]);
}

function handedOverAt({ frequency, userId }: NewEmail, { now, spread = 0 }: Composition): number {
  return frequency === "immediately" ? now : now + placeIn(spread, userId);
}

/** NULL is refused by the column, and with it the whole batch. */
function takeTurns(db: Database, looks: readonly Composition[]) {
  const turns = looks.map(({ account: { id, turn, settingsVersion }, dispatched, upTo }) => ({
    ...{ id, turn, settingsVersion },
    dispatched: dispatched ? upTo : 0,
  }));
  return db.run(sql`
    UPDATE accounts
    SET turn = CASE WHEN turn = look.value ->> 'turn' AND settings_version = look.value ->> 'settingsVersion'
        THEN turn + 1 END,
      dispatched = max(dispatched, look.value ->> 'dispatched')
    FROM json_each(${JSON.stringify(turns)}) look
    WHERE accounts.id = look.value ->> 'id'`);
}

/** What many emails tell may be more than one statement can carry; they come as a list of JSON. */
function insertEmails(db: Database, emails: string) {
  return db.run(sql`
    INSERT INTO emails (id, user_id, frequency, window, content, last_seq, composed_at, send_at)
    SELECT value ->> 'id', value ->> 'userId', value ->> 'frequency', value ->> 'window', value -> 'content',
      value ->> 'lastSeq', value ->> 'at', value ->> 'sendAt'
    FROM json_each(${emails})`);
}

function moveBookmarks(
  db: Database,
  bookmarks: (Composition["bookmarks"][number] & { upTo: number })[],
) {
  return db.run(sql`
    UPDATE notifications SET bookmark = max(bookmark, moved.value ->> 'upTo')
    FROM json_each(${JSON.stringify(bookmarks)}) moved
    WHERE user_id = moved.value ->> 'userId' AND frequency = moved.value ->> 'frequency'
      AND muted_until IS NULL`);
}

function catchUp(db: Database, caughtUp: Composition["caughtUp"]) {
  return db.run(sql`
    UPDATE users
    SET behind = 0, held_until = NULL,
      paused_until = CASE WHEN moved.value ->> 'resumed' THEN NULL ELSE paused_until END
    FROM json_each(${JSON.stringify(caughtUp)}) moved
    WHERE users.id = moved.value ->> 'userId'`);
}

function hold(db: Database, held: Composition["held"]) {
  return db.run(sql`
    UPDATE users SET behind = 1, held_until = moved.value ->> 'until'
    FROM json_each(${JSON.stringify(held)}) moved
    WHERE users.id = moved.value ->> 'userId'`);
}
