import type { Context } from "hono";
import * as z from "zod";
import type { Database } from "../db/client.ts";
import { findEvent } from "../db/log.ts";
import type { Draft } from "../domain/drafts.ts";
import { narrowing } from "../domain/narrowing.ts";
import type { WindowProps } from "../views/notification_window.tsx";
import type { AppEnv } from "./parts.ts";

/** What the window may be asked to leave out: what is like this event, by this field. */
export const narrowingQuery = z.object({
  unlike: z.coerce.number().int().optional().catch(undefined),
  by: z.string().optional(),
});

interface Narrowable {
  draft: Draft;
  /** The address of the window that narrows it. */
  path: string;
  /** The Default notification that it would replace. */
  replaces?: number;
}

/** The draft, without what is like an event where that was asked for and can be done. A new one then takes a Default's place. */
export async function narrowedDraft(
  c: Context<AppEnv>,
  db: Database,
  { draft, path, replaces, unlike, by }: Narrowable & z.infer<typeof narrowingQuery>,
): Promise<Pick<WindowProps, "draft" | "narrowing">> {
  if (unlike === undefined) return { draft };
  const event = await findEvent(db, c.var.user.account, unlike);
  const found = event && narrowing(draft, event, by);
  if (!found) return { draft };
  return { draft: { ...found.draft, replaces }, narrowing: { ...found, path } };
}
