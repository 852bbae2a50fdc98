import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";

/** Everything that the database holds, row by row under the name of its table: what must not change is compared. */
export async function stored(
  db: Database,
  { except = [] }: { except?: string[] } = {},
): Promise<Record<string, unknown[]>> {
  const tables = await db.all<{ name: string }>(sql`
    SELECT name FROM sqlite_master
    WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'libsql%'
      AND name NOT LIKE 'sqlite%'
    ORDER BY name`);
  const held = tables.filter(({ name }) => !except.includes(name)).map(async ({ name }) => {
    return [name, await db.all(sql`SELECT * FROM ${sql.identifier(name)}`)] as const;
  });
  return Object.fromEntries(await Promise.all(held));
}
