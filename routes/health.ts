import { Hono } from "hono";
import { unavailability } from "../db/client.ts";
import { isMigrated } from "../db/migrate.ts";
import { runsQuery } from "../db/runs.ts";
import { lateText } from "../domain/runs.ts";
import type { Parts } from "./parts.ts";
import { problem } from "./problems.ts";

/**
 * `GET /healthz` while the process lives; `GET /readyz` only when the database answers and is migrated. A job that is
 * late is named there and no reason to be taken out of service: it would take away the pages, too.
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
      return state
        ? problem(c, { status: 503, title: "Not ready", detail: state })
        : c.text(`ready\n${lateText(await runsQuery(db), { openedAt, now: now() })}`.trimEnd());
    });
}
