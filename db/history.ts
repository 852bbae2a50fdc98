import { type SQL, sql } from "drizzle-orm";
import type { Frequency } from "../domain/catalogue.ts";
import type { EmailProgress } from "../domain/email_states.ts";
import type { SearchWord } from "../domain/email_search.ts";
import { allJson, type Database, inList, rowsOf } from "./client.ts";
import { contains } from "./like.ts";
import type { Audience } from "./log.ts";
import { type Pending, type PendingAnswers, pendingQueries, toPending } from "./pending.ts";

/** An email of the history, in a line. */
export interface HistoryEmail extends EmailProgress {
  id: string;
  frequency: Frequency;
  /** As it was sent; null for one that was not. */
  subject: string | null;
  /** How many events it tells. */
  count: number;
}

/** The emails of one person, and what comes next. */
export interface History {
  /** The newest first, at most a page of them. */
  emails: HistoryEmail[];
  /** The email before which older ones are to be looked for; null where there are none. */
  older: string | null;
  /** Until when a search looked, in milliseconds, where it stopped before the first email. */
  searchedTo: number | null;
  pending: Pending;
}

const pageSize = 30;
/** How many emails one search reads: it stops there, says so, and can be continued. */
const searchReach = 300;

/** A page of what somebody got, before the email `before` where it is given, and what they will get next. */
export async function loadHistory(
  db: Database,
  user: { id: string; account: Audience },
  { words, before, now }: { words: SearchWord[]; before?: string; now: number },
): Promise<History> {
  const reach = words.length > 0 ? searchReach : pageSize + 1;
  const scanned = scan(user.id, { before, reach });
  const [rows, [last], ...pending] = await db.batch([
    foundQuery(db, scanned, words),
    db.all<{ id: string; composedAt: number; count: number }>(sql`
      SELECT id, composed_at AS composedAt, (SELECT count(*) FROM (${scanned})) AS count
      FROM emails WHERE rowid = (SELECT min(rowid) FROM (${scanned}))`),
    ...pendingQueries(db, user, now),
  ]);
  const found = rowsOf<HistoryTuple>(rows).map(toHistoryEmail);
  const emails = found.slice(0, pageSize);
  const stopped = last?.count === reach && found.length <= pageSize ? last : undefined;
  return {
    emails,
    older: found.length > pageSize ? emails.at(-1)!.id : stopped?.id ?? null,
    searchedTo: stopped?.composedAt ?? null,
    pending: await toPending(db, user, pending as PendingAnswers, now),
  };
}

/** The rows of a person's newest emails, by the order in which they were composed: read from an index alone. */
function scan(userId: string, { before, reach }: { before?: string; reach: number }): SQL {
  const older = before === undefined
    ? sql``
    : sql`AND rowid < (SELECT rowid FROM emails WHERE id = ${before} AND user_id = ${userId})`;
  return sql`
    SELECT rowid FROM emails WHERE user_id = ${userId} ${older} ORDER BY rowid DESC LIMIT ${reach}`;
}

const historyColumns = [
  ...[
    "id",
    "frequency",
    "coalesce(delivery, state)",
    "composed_at",
    "sent_at",
    "send_at",
    "attempts",
    "problem",
  ],
  ...["content ->> '$.sent.subject'", "json_array_length(content, '$.items')"],
];
type HistoryTuple = [
  string,
  Frequency,
  EmailProgress["state"],
  number,
  number | null,
  number,
  number,
  string | null,
  string | null,
  number,
];

function toHistoryEmail(row: HistoryTuple): HistoryEmail {
  const [id, frequency, state, composedAt, sentAt, sendAt, attempts, problem, subject, count] = row;
  return { id, frequency, state, composedAt, sentAt, sendAt, attempts, problem, subject, count };
}

function foundQuery(db: Database, scanned: SQL, words: SearchWord[]) {
  const conditions = words.map((word) => sql`AND (${holds(word)})`);
  return allJson(
    db,
    historyColumns,
    sql`
    SELECT * FROM emails WHERE rowid IN (${scanned}) ${sql.join(conditions, sql` `)}
    ORDER BY rowid DESC LIMIT ${pageSize + 1}`,
  );
}

/** Whether an email holds a word: in its own words, or in an event that it tells. */
function holds({ text, frequencies, states, types }: SearchWord): SQL {
  const says = (value: SQL) => contains(value, text);
  return sql`
    frequency IN ${inList(frequencies)} OR coalesce(delivery, state) IN ${inList(states)}
    OR ${says(sql`content ->> '$.sent.subject'`)}
    OR EXISTS (
      SELECT 1 FROM json_each(content, '$.items') item
      JOIN (SELECT seq, type, subject, iif(json_valid(data), data, NULL) AS data FROM events) events
        ON events.seq = item.value ->> 'seq'
      WHERE events.type IN ${inList(types)} OR ${says(sql`events.subject`)}
        OR ${says(sql`data ->> '$.title.name'`)} OR ${says(sql`data ->> '$.title.id'`)}
        OR ${says(sql`data ->> '$.summary'`)})`;
}
