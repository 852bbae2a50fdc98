import type { Context } from "hono";
import * as z from "zod";
import { frequencyOrder } from "../domain/catalogue.ts";
import type { ListView } from "../views/list_view.tsx";
import { pageQuery } from "./htmx.ts";

/** What the address of the list may ask; whatever else it says means nothing. */
export const listQuery = z.object({
  q: z.string().trim().default(""),
  sort: z.enum(["noise"]).optional().catch(undefined),
  show: z.enum(frequencyOrder).optional().catch(undefined),
});

/** How that address wants the list to be looked at. */
export function listViewOf({ q, sort, show }: z.infer<typeof listQuery>): ListView {
  return { query: q, sort, show };
}

/** How the page looks at the list from which htmx asks. */
export function listViewOfPage(c: Context): ListView {
  return listViewOf(listQuery.parse(Object.fromEntries(pageQuery(c))));
}
