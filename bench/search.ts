import { findOwner } from "../db/owners.ts";
import { seedNotifications } from "../db/seeding.ts";
import { eventTypes, visibleTypes } from "../domain/catalogue.ts";
import type { NotificationInput } from "../domain/notifications.ts";
import { chanceOf } from "../demo/chance.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { furnish, now, read, reader, webOn } from "./forty.ts";
import { latencies, type Line, percentile } from "./measure.ts";

/** What somebody types, letter by letter: one word, several, with slips, and something that nothing has. */
const typed = ["redelivery", "korean daily", "title 81000", "redelvery brandd", "imf xyzzy"]
  .flatMap((query) => Array.from(query, (_, last) => query.slice(0, last + 1)));

const page = "/notifications";

/** The list while its owner types, from the request to the last byte. */
export async function search(): Promise<Line[]> {
  const lines: Line[] = [];
  for (const count of [60, 1_000, 10_000]) lines.push(await searchAmong(count));
  return lines;
}

async function searchAmong(count: number): Promise<Line> {
  const { db, close } = await temporaryDatabase();
  const session = await furnish(db);
  const owner = await findOwner(db, reader);
  const asked = further(count - 40).map((input) => ({ ...input, userId: reader }));
  await seedNotifications(db, [owner], asked, now);
  const web = webOn(db);
  // A page that has the whole list is only told what was found in it.
  const [, edition = ""] = /data-edition="([^"]*)"/.exec(await read(web, page, session)) ?? [];
  const headers = { "hx-request": "true", "hx-target": "div#list", "x-edition": edition };
  let letters = 0;
  const type = async () => {
    const query = encodeURIComponent(typed[letters++ % typed.length]!);
    await read(web, `${page}?q=${query}`, session, { headers });
  };
  // A server has been up for a while.
  await latencies(type, { count: 5 * typed.length });
  const measured = await latencies(type, { count: 10 * typed.length });
  await close();
  const work = `live search: ${count.toLocaleString("en")} notifications, 95th percentile`;
  const value = percentile(measured, 95);
  return { work, unit: "ms", value, limit: 5, should: "not exceed" };
}

/** Notifications about one title each, in one language and of one kind. */
function further(count: number): NotificationInput[] {
  const chance = chanceOf("search");
  const types = visibleTypes(["fulfillment-partner-operations"]);
  return Array.from({ length: count }, (_, index) => {
    const type = chance.pick(types);
    const language = chance.pick(["ko", "ja", "hi", "pt-BR", "de", "tr", "fr", "es-419"]);
    const kind = chance.pick(["branded", "original", "licensed"]);
    const conditions: NotificationInput["conditions"] = [
      { field: "content_type", op: "any", values: [kind] },
      { field: "language", op: "any", values: [language] },
      { field: "title", op: "any", values: [`${81_000_000 + index}`] },
    ];
    return { type, conditions, frequency: chance.pick(eventTypes[type]!.frequencies) };
  });
}
