import * as z from "zod";
import { attributeName, attributesOf, ScimError } from "./scim.ts";
import { parsePath, type Path } from "./scim_filters.ts";

/** One thing that a patch does. Without a path its value names the attributes. */
export interface Operation {
  op: "add" | "replace" | "remove";
  path?: Path;
  value: unknown;
}

/** How many of them one request may bring. */
const mostOperations = 1_000;

const patch = z.object({
  Operations: z.array(
    z.object({ op: z.string(), path: z.string().nullish(), value: z.unknown().optional() }),
  ).min(1).max(mostOperations),
});

/** The operations of a patch, in their order. Throws ScimError. */
export function parsePatch(body: unknown): Operation[] {
  const parsed = patch.safeParse(body);
  if (!parsed.success) {
    throw new ScimError(
      `Send a PatchOp with 1 to ${mostOperations} Operations, each with an op, a path and a value.`,
      "invalidSyntax",
    );
  }
  return parsed.data.Operations.map(({ op, path, value }) => {
    const operation = { op: opOf(op), value };
    if (path) return { ...operation, path: parsePath(path) };
    if (operation.op !== "remove") return operation;
    throw new ScimError("What to remove is not said: name it in path.", "noTarget");
  });
}

/** What an operation is about, attribute by attribute: a value without a path names several, perhaps with dots. */
export function assignments({ op, path, value }: Operation): [Path, unknown][] {
  const given = op === "remove" ? null : value;
  if (path) return [[path, given]];
  return attributesOf(given).map(([name, each]) => [{ attribute: attributeName(name) }, each]);
}

/** Entra writes "Replace", others "replace". */
function opOf(text: string): Operation["op"] {
  const op = text.toLowerCase();
  if (op === "add" || op === "replace" || op === "remove") return op;
  throw new ScimError(
    `The op ${JSON.stringify(text.slice(0, 40))} is none of add, replace and remove.`,
    "invalidSyntax",
  );
}
