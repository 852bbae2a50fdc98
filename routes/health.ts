import { Hono } from "hono";
import { unavailability } from "../db/client.ts";
import { clockQuery } from "../db/clock.ts";
import { isMigrated } from "../db/migrate.ts";
import { runsQuery } from "../db/runs.ts";
import { clockText } from "../domain/clocks.ts";
import { lateText } from "../domain/runs.ts";
import type { Parts } from "./parts.ts";
import { problem } from "./problems.ts";

/**
 * `GET /healthz` while the process lives; `GET /readyz` only when the database answers and is migrated. A job that is
 * late, or a clock that is off, is named there and no reason to be taken out of service: it would take away the pages, too.
 */
export function healthRoutes({ db, now }: Pick<Parts, "db" | "now">) {
  const openedAt = now();
  return new Hono()
    .get("/healthz", (c) => c.text("ok"))
    .get("/readyz", async (c) => {
      const state = await isMigrated(db).then(
        (migrated) => migrated ? null : "The database is not migrated: run deno task db:migrate.",
        (error) => `${unavailability(error)?.message ?? "The database does not answer"}.`,
      );
      if (state) return problem(c, { status: 503, title: "Not ready", detail: state });
      const [runs, database] = await db.batch([runsQuery(db), clockQuery(db)]);
      const clocks = { now: now(), database: database.now };
      const lines = ["ready\n", lateText(runs, { openedAt, ...clocks }), clockText(clocks)];
      return c.text(lines.join("").trimEnd());
    });
}
