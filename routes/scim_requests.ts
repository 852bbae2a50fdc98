import type { Context } from "hono";
import type { ScimKey } from "../db/scim_keys.ts";
import { attributeName, ScimError } from "../domain/scim.ts";
import { type Condition, parseFilter } from "../domain/scim_filters.ts";

/** What the key leaves for the handlers. */
export interface ScimEnv {
  Variables: { key: ScimKey };
}

/** The largest page of a list. */
export const mostResults = 200;

/** What a list is asked for. */
export interface Query {
  conditions: Condition[];
  startIndex: number;
  count: number;
}

/** What the query string asks of a list. Throws ScimError. */
export function queryOf(c: Context): Query {
  const { filter, startIndex, count, sortBy } = c.req.query();
  if (sortBy !== undefined) {
    throw new ScimError("Nothing is sorted here: leave out sortBy and sort what comes.");
  }
  return {
    conditions: filter === undefined ? [] : parseFilter(filter),
    startIndex: Math.max(1, integer("startIndex", startIndex, 1)),
    count: Math.min(mostResults, Math.max(0, integer("count", count, 100))),
  };
}

function integer(name: string, text: string | undefined, usual: number): number {
  if (text === undefined || text === "") return usual;
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw new ScimError(`${name} is no whole number.`, "invalidValue");
}

/** What was posted. Throws ScimError where it is no JSON. */
export async function bodyOf(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    throw new ScimError("This is no JSON: send one object in UTF-8.", "invalidSyntax");
  }
}

/** Only what was asked for of a resource, by `attributes` or without `excludedAttributes`; what names it is always there. */
export function projected<R extends Record<string, unknown>>(c: Context, resource: R): Partial<R> {
  const { attributes, excludedAttributes } = c.req.query();
  const [wanted, unwanted] = [topLevel(attributes), topLevel(excludedAttributes)];
  const isShown = (name: string) =>
    /^(schemas|id|meta)$/.test(name) ||
    (wanted.size === 0 || wanted.has(name.toLowerCase())) && !unwanted.has(name.toLowerCase());
  const shown = Object.entries(resource).filter(([name]) => isShown(name));
  return Object.assign({}, ...shown.map(([name, value]) => ({ [name]: value })));
}

/** Whether the members of a group are of no interest, which spares reading them. */
export function wantsMembers(c: Context): boolean {
  return "members" in projected(c, { members: [] });
}

function topLevel(list: string | undefined): Set<string> {
  const names = (list ?? "").split(",").map((name) => attributeName(name.trim()));
  return new Set(names.filter((name) => name !== "").map((name) => name.split(".")[0]!));
}
