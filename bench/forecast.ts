import { appendEvents } from "../db/events.ts";
import { createSession } from "../db/sessions.ts";
import { parseEvent } from "../domain/events.ts";
import { cast } from "../demo/cast.ts";
import { simulate } from "../demo/story.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { furnish, now, read, webOn } from "./forty.ts";
import { latencies, type Line, percentile } from "./measure.ts";

const days = 30;

/** Somebody who sees every event. */
const studio = "grace-lindqvist";

/** What a notification would do, as it is asked with every choice, of the most frequent type of event. */
const form = new URLSearchParams({
  type: "source-request.comment-added",
  frequency: "daily",
  "op.content_type": "none",
  "where.content_type": "licensed",
  "op.language": "any",
  "where.language": "pt",
});

/** The window's forecast over a month of an account, from the request to the last byte. */
export async function forecast(): Promise<Line[]> {
  const lines: Line[] = [];
  for (const count of [10_000, 100_000]) lines.push(await forecastOver(count));
  return lines;
}

async function forecastOver(count: number): Promise<Line> {
  const { db, close } = await temporaryDatabase();
  await furnish(db);
  const perDay = Math.ceil(count / days);
  const events = simulate({ accounts: cast.length, days, perDay, seed: 2, until: now })
    .map(parseEvent).filter((event) => typeof event !== "string").toArray();
  for (let at = 0; at < events.length; at += 5_000) {
    await appendEvents(db, events.slice(at, at + 5_000), now);
  }
  const session = await createSession(db, studio, now);
  const web = webOn(db);
  const init = {
    method: "POST",
    body: form,
    headers: { "hx-request": "true", origin: "http://localhost:8000" },
  };
  const measured = await latencies(
    () => read(web, "/notifications/forecast", session, init),
    { count: 100 },
  );
  await close();
  const work = `forecast: over ${count.toLocaleString("en")} events, 95th percentile`;
  const value = percentile(measured, 95);
  return { work, unit: "ms", value, limit: 50, should: "not exceed" };
}
