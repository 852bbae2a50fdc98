import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import { loadHistory } from "../db/history.ts";
import type { Pending } from "../db/pending.ts";
import { isFound, searchWords } from "../domain/email_search.ts";
import { readableQuery } from "../domain/search.ts";
import { HistoryFragment, HistoryPage } from "../views/history.tsx";
import { isFor } from "./htmx.ts";
import type { AppEnv, Parts } from "./parts.ts";
import { upcomingOf } from "./upcoming.tsx";
import { refuse } from "./validation.ts";

const asked = z.object({
  q: z.string().trim().default(""),
  before: z.string().optional(),
});

/** `/history`: what somebody was told, and what comes next. */
export function historyRoutes({ db, now }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/", zValidator("query", asked, refuse), async (c) => {
    const { user, shell } = c.var;
    const { q: query, before } = c.req.valid("query");
    const words = searchWords(readableQuery(query));
    const history = await loadHistory(db, user, { words, before, now: now() });
    const props = {
      ...history,
      ...{ query, isNewest: before === undefined, reader: user, now: now() },
      upcoming: upcomingOf(history.pending, user).filter((email) => isFound(email, words)),
      idle: idleOf(history.pending),
    };
    if (isFor(c, "history-list")) return c.html(<HistoryFragment {...props} />);
    return c.html(<HistoryPage shell={shell} {...props} />);
  });
}

/** The frequencies whose next digest has nothing to tell yet. */
function idleOf({ emails, digests }: Pending) {
  const busy = new Set(emails.map(({ frequency }) => frequency));
  return digests.filter((frequency) => !busy.has(frequency));
}
