import { deepEqual, equal } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { onEachDatabase } from "../e2e/each_database.ts";
import { setStage } from "../e2e/stage.ts";
import { allJson, endOfLog, inList, isConstraintError, rowsOf } from "./client.ts";
import { cleanUp } from "./retention.ts";

onEachDatabase("rows that travel as one text arrive as they were, and so do lists", async (db) => {
  const words = ['"quoted"', "it's", "日本語", "a\u0000b", "", "[1]"];
  const rows = await allJson(db, ["value", "1.5", "NULL"], sql`SELECT value FROM ${inList(words)}`);
  deepEqual(rowsOf(rows), words.map((word) => [word, 1.5, null]));
  const none = await allJson(db, ["value"], sql`SELECT value FROM ${inList([])}`);
  deepEqual(rowsOf(none), []);
});

onEachDatabase("a refusal by a constraint is told from any other trouble", async (db) => {
  await setStage(db);
  const trouble = async (statement: string) =>
    await db.run(sql.raw(statement)).then(() => null, (error: unknown) => error);
  const twice = "INSERT INTO accounts (id, name, profile, created_at) VALUES ('lumen', '', '', 0)";
  equal(isConstraintError(await trouble(twice)), true);
  equal(isConstraintError(await trouble("UPDATE accounts SET turn = NULL")), true);
  equal(isConstraintError(await trouble("SELECT nothing FROM nowhere")), false);
  equal(isConstraintError("constraint failed"), false);
});

onEachDatabase("the end of the log stays where it was when the log is emptied", async (db) => {
  const { happen } = await setStage(db);
  const end = async () => (await db.all<{ seq: number }>(sql`SELECT ${endOfLog} AS seq`))[0]!.seq;
  equal(await end(), 0);
  await happen("SR-1");
  await happen("SR-2");
  equal(await end(), 2);
  await cleanUp(db, { now: Number.MAX_SAFE_INTEGER, before: Number.MAX_SAFE_INTEGER });
  equal(await end(), 2);
});

onEachDatabase("batches that read before they write wait for each other", async (db) => {
  await setStage(db);
  const turn = sql`SELECT turn FROM accounts WHERE id = 'lumen'`;
  const clients = Array.from({ length: 20 }, () =>
    db.batch([
      db.all<{ turn: number }>(turn),
      db.run(sql`UPDATE accounts SET turn = turn + 1 WHERE id = 'lumen'`),
    ]));
  const seen = (await Promise.all(clients)).map(([[row]]) => row!.turn);
  deepEqual(seen.sort((a, b) => a - b), Array.from({ length: 20 }, (_, index) => index));
});
