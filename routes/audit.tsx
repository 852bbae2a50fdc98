import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import * as z from "zod";
import { searchAudit } from "../db/audit_entries.ts";
import type { CurrentUser } from "../db/sessions.ts";
import { type AuditEntry, stateText, subjectText } from "../domain/audit.ts";
import { csvText } from "../domain/csv.ts";
import { Forbidden } from "../domain/errors.ts";
import { mayExplore, mayManagePeople } from "../domain/people.ts";
import { AuditPage } from "../views/audit.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

/** How many entries a page shows, and an export holds. */
const pageSize = 100;
const mostExported = 10_000;

const asked = z.object({
  q: z.string().trim().max(200).default(""),
  before: z.coerce.number().int().positive().optional().catch(undefined),
});

/** Who changed what: for the admins of an account what concerns it, for the studio everything. */
export function auditRoutes({ db, now }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use(auditorsOnly);

  routes.get("/", zValidator("query", asked, refuse), async (c) => {
    const { user, shell } = c.var;
    const { q: query, before } = c.req.valid("query");
    const found = await searchAudit(db, scopeOf(user), { query, before, limit: pageSize + 1 });
    const entries = found.slice(0, pageSize);
    const isMore = found.length > pageSize;
    return c.html(
      <AuditPage {...{ shell, entries, query, isMore, zone: user.zone, now: now() }} />,
    );
  });

  routes.get("/list.csv", zValidator("query", asked, refuse), async (c) => {
    const { q: query } = c.req.valid("query");
    const entries = await searchAudit(db, scopeOf(c.var.user), { query, limit: mostExported });
    return c.body(csvText([headings, ...entries.map(rowOf)]), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="audit.csv"',
    });
  });
  return routes;
}

const auditorsOnly = createMiddleware<AppEnv>(async (c, next) => {
  const { roles } = c.var.user;
  if (!mayManagePeople(roles) && !mayExplore(roles)) {
    throw new Forbidden("Only an account admin sees who changed what: ask one of your account");
  }
  await next();
});

/** The account whose entries somebody may see; null for all. */
function scopeOf({ account, roles }: CurrentUser): string | null {
  return mayExplore(roles) ? null : account.id;
}

const headings = ["When", "Account", "Who", "From", "What", "Of", "Before", "After"];

function rowOf(entry: AuditEntry): string[] {
  const { at, account, actor, via, deed, before, after } = entry;
  return [
    ...[new Date(at).toISOString(), account ?? "", actor ?? "", via, deed],
    ...[subjectText(entry), stateText(before), stateText(after)],
  ];
}
