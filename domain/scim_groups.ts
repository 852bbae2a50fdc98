import { attributesOf, ScimError } from "./scim.ts";
import { assignments, type Operation } from "./scim_patches.ts";

/** What becomes of the members of a group. */
export interface MemberChange {
  op: Operation["op"];
  ids: string[];
}

/** A group is a role: its name is ours. */
interface Group {
  displayName: string;
}

/** What a PUT does to the members. Throws ScimError. */
export function replacedMembers(group: Group, body: unknown): MemberChange[] {
  return changesOf(group, { op: "replace", value: body });
}

/** What a PATCH does to the members. Throws ScimError. */
export function patchedMembers(group: Group, operations: readonly Operation[]): MemberChange[] {
  return operations.flatMap((operation) => changesOf(group, operation));
}

/** Who holds the role afterwards. */
export function membersAfter(
  held: ReadonlySet<string>,
  changes: readonly MemberChange[],
): Set<string> {
  return changes.reduce((members, { op, ids }) => {
    if (op === "replace") return new Set(ids);
    return op === "add" ? members.union(new Set(ids)) : members.difference(new Set(ids));
  }, new Set(held));
}

function changesOf(group: Group, operation: Operation): MemberChange[] {
  const { op, value: whole } = operation;
  return assignments(operation).flatMap(([{ attribute, where }, value]): MemberChange[] => {
    if (attribute === "members" && !where) {
      // Entra removes by value what others name in the path; a removal that names nobody means everybody.
      if (op === "remove" && (whole ?? null) === null) return [{ op: "replace", ids: [] }];
      const named = op === "remove" ? whole : value;
      return named === null ? [] : [{ op, ids: idsIn(named) }];
    }
    if (attribute === "members" && where?.attribute === "value" && op === "remove") {
      return [{ op, ids: [String(where.value)] }];
    }
    if (attribute === "displayname") keepName(group, value);
    else if (operation.path && !/^(id|externalid)$/.test(attribute)) {
      throw unknownPath(attribute, operation);
    }
    return [];
  });
}

function idsIn(value: unknown): string[] {
  return [value].flat().map((member) => {
    const id = typeof member === "string" ? member : Object.fromEntries(attributesOf(member)).value;
    if (typeof id === "string") return id;
    throw new ScimError("A member is named by the id of a user, in value.", "invalidValue");
  });
}

function keepName({ displayName }: Group, value: unknown): void {
  if (String(value).toLowerCase() === displayName.toLowerCase()) return;
  throw new ScimError(
    `This group is the role ${displayName}, which keeps its name: link your group to it instead of pushing the name.`,
    "mutability",
  );
}

function unknownPath(attribute: string, { op }: Operation): ScimError {
  return new ScimError(
    `A group has members and a displayName here; there is nothing to ${op} at ${
      attribute.slice(0, 100)
    }.`,
    "invalidPath",
  );
}
