import { DatabaseSync } from "node:sqlite";
import type { Event } from "../domain/events.ts";
import { factsOf, onceEach, wantedBy } from "./matching_peers.ts";
import type { Accounts, Asked } from "./matching_world.ts";

// Relational division in SQL: the notifications of an account and type of which no condition is left unmet.

const schema = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000;
  CREATE TABLE notifications (id INTEGER PRIMARY KEY, account TEXT, type TEXT, position INTEGER);
  CREATE TABLE conditions (notification INTEGER, field TEXT, op TEXT,
    PRIMARY KEY (notification, field)) WITHOUT ROWID;
  CREATE TABLE answers (notification INTEGER, field TEXT, answer TEXT,
    PRIMARY KEY (notification, field, answer)) WITHOUT ROWID`;

const division = `
  WITH facts (field, answer) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(?))
  SELECT position FROM notifications n WHERE account = ? AND type = ? AND NOT EXISTS (
    SELECT 1 FROM conditions c WHERE c.notification = n.id AND (op = 'any') <> EXISTS (
      SELECT 1 FROM facts f JOIN answers USING (field, answer)
      WHERE f.field = c.field AND notification = n.id))
  ORDER BY position`;

/** Finds by SQL among the notifications of these accounts, put into a database file that goes with `close`. */
export async function openDivision(accounts: Accounts) {
  const directory = await Deno.makeTempDir({ prefix: "callboard-" });
  const db = new DatabaseSync(`${directory}/division.db`);
  db.exec(`${schema}; BEGIN`);
  fill(db, accounts);
  db.exec("COMMIT; CREATE INDEX bucket ON notifications (account, type); ANALYZE");
  const query = db.prepare(division);
  const open = () => {
    const factsOnce = onceEach(factRows);
    return (account: string) => (event: Event): Asked[] => {
      const asked = accounts.get(account);
      const rows = query.all(factsOnce(event), account, event.type);
      return rows.map(({ position }) => asked![Number(position)]!);
    };
  };
  const close = async () => {
    db.close();
    await Deno.remove(directory, { recursive: true });
  };
  return { open, close };
}

function factRows(event: Event): string {
  const facts = Object.entries(factsOf(event));
  return JSON.stringify(facts.flatMap(([field, said]) => [said].flat().map((one) => [field, one])));
}

/** Puts one account after the other into the tables, its rows as one JSON text each. */
function fill(db: DatabaseSync, accounts: Accounts): void {
  const into = (table: string, columns: number) => {
    const values = Array.from({ length: columns }, (_, column) => `value ->> ${column}`);
    return db.prepare(`INSERT INTO ${table} SELECT ${values.join()} FROM json_each(?)`);
  };
  const [notifications, conditions, answers] = [
    into("notifications", 4),
    into("conditions", 3),
    into("answers", 3),
  ];
  let last = 0;
  for (const [account, asked] of accounts) {
    const rows = asked.map((each) => ({ ...each, id: ++last }));
    const all = rows.flatMap(({ id, type, conditions }) =>
      conditions.map((condition) => ({ id, ...wantedBy(type, condition) }))
    );
    notifications.run(JSON.stringify(rows.map((n) => [n.id, account, n.type, n.position])));
    conditions.run(JSON.stringify(all.map(({ id, field, op }) => [id, field, op])));
    answers.run(JSON.stringify(
      all.flatMap(({ id, field, wanted }) => wanted.map((answer) => [id, field, answer])),
    ));
  }
}
