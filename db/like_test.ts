import { deepEqual, ok } from "node:assert/strict";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { plain } from "../domain/spelling.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import type { Database } from "./client.ts";
import { beginsWith, contains } from "./like.ts";

type Pair = [text: string, query: string];

/** For each pair whether the database finds that the text contains the query, and that it begins with it. */
async function found(db: Database, pairs: Pair[]): Promise<[boolean, boolean][]> {
  const asked = pairs.map(([text, query]) =>
    sql`SELECT ${contains(sql`${text}`, query)} AS within, ${
      beginsWith(sql`${text}`, query)
    } AS first`
  );
  const rows: { within: number; first: number }[] = [];
  for (let at = 0; at < asked.length; at += 100) {
    rows.push(
      ...await db.all<typeof rows[0]>(sql.join(asked.slice(at, at + 100), sql` UNION ALL `)),
    );
  }
  return rows.map(({ within, first }) => [within === 1, first === 1]);
}

const letters = [..."aeoénÉñÑőÖßσςΣжЖҐ한글東 -*?[]^%_\\8"];
const text = (maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((all) => all.join(""));

onEachDatabase("a text is found as the search of the panel would find it", async (db) => {
  const pairs = fc.sample(fc.tuple(text(8), text(2)), { numRuns: 1_500, seed: 1 });
  const expected = pairs.map(([text, query]): [boolean, boolean] => [
    plain(text).includes(plain(query)),
    plain(text).startsWith(plain(query)),
  ]);
  ok(expected.filter(([, first]) => first).length > 200);
  deepEqual(await found(db, pairs), expected);
});

onEachDatabase("a text of any length makes a pattern that the database takes", async (db) => {
  const alphabet = [..."abcdefghijklmnopqrstuvwxyz"];
  const longest = alphabet.map((letter): Pair => [letter.repeat(300), letter.repeat(10_000)]);
  deepEqual(await found(db, longest), longest.map(() => [true, true]));
  deepEqual(await found(db, [["é", "é".repeat(10_000)]]), [[false, false]]);
});
