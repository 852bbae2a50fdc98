import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { temporaryFolder } from "../e2e/command.ts";
import { startServer } from "../e2e/production_server.ts";
import { furnish } from "./forty.ts";
import { latencies, type Line, percentile } from "./measure.ts";

const people = 16;

/** How much longer than usual the slowest pages take while many people ask a server at once, as it runs in production. */
export async function connections(): Promise<Line[]> {
  await using folder = await temporaryFolder();
  const session = await furnishFolder(folder.path);
  await using server = await startServer(folder.path, { BASE_URL: "http://localhost" });
  const headers = { cookie: `session=${session}` };
  const measured = await latencies(async () => {
    const response = await fetch(`${server.origin}/notifications`, { headers });
    const page = await response.text();
    if (!page.includes('id="panel"')) throw new Error(`Cannot measure: ${response.status}`);
  }, { count: 4_000, atOnce: people });
  const [usual, slowest] = [50, 99].map((percent) => percentile(measured, percent));
  return [{
    work: `panel: 99th percentile against the median, ${people} connections`,
    unit: "times",
    value: slowest! / usual!,
    limit: 2.5,
    should: "not exceed",
  }];
}

async function furnishFolder(folder: string): Promise<string> {
  const db = await openDatabase({ url: `file:${folder}/data/callboard.db` });
  await migrateDatabase(db);
  const session = await furnish(db, Date.now());
  db.$client.close();
  return session;
}
