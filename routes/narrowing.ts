import type { Context } from "hono";
import { z } from "zod";
import type { Database } from "../db/client.ts";
import { findEvent } from "../db/events.ts";
import type { Draft } from "../domain/drafts.ts";
import { narrowing } from "../domain/narrowing.ts";
import type { WindowProps } from "../views/notification_window.tsx";
import type { AppEnv } from "./parts.ts";

/** What the window may be asked to leave out: what is like this event, by this field. */
export const narrowingQuery = z.object({
  unlike: z.coerce.number().int().optional().catch(undefined),
  by: z.string().optional(),
});

/** The draft, without what is like an event where that was asked for and can be done. */
export async function narrowedDraft(
  c: Context<AppEnv>,
  db: Database,
  { draft, path, unlike, by }: { draft: Draft; path: string } & z.infer<typeof narrowingQuery>,
): Promise<Pick<WindowProps, "draft" | "narrowing">> {
  if (unlike === undefined) return { draft };
  const event = await findEvent(db, c.var.user.account, unlike);
  const found = event && narrowing(draft, event, by);
  return found ? { draft: found.draft, narrowing: { ...found, path } } : { draft };
}
