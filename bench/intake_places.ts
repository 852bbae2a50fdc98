import { type Database, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { startSqld } from "../e2e/sqld.ts";

// Where the intake is measured.

/** Two databases, alike and empty: one for us and one for the peer. */
export interface Place {
  name: string;
  ours: Database;
  theirs: Database;
  /** How many times the rate of a commit for each event single posts should come in. */
  goal: number;
  close: () => Promise<void>;
}

/** On embedded files. */
export async function files(): Promise<Place> {
  const [ours, theirs] = [await temporaryDatabase(), await temporaryDatabase()];
  const close = async () => {
    for (const each of [ours, theirs]) await each.close();
  };
  return { name: "file", ours: ours.db, theirs: theirs.db, goal: 2, close };
}

/** On libSQL servers of this machine; null where there is none. */
export async function servers(): Promise<Place | null> {
  const [ours, theirs] = [await startSqld(), await startSqld()];
  if (!ours || !theirs) return null;
  const [first, second] = [await openDatabase(ours), await openDatabase(theirs)];
  for (const db of [first, second]) await migrateDatabase(db);
  const close = async () => {
    for (const db of [first, second]) db.$client.close();
    for (const each of [ours, theirs]) await each.stop();
  };
  return { name: "libSQL server", ours: first, theirs: second, goal: 6, close };
}
