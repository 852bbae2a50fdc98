import { type Profile, profiles } from "./catalogue.ts";
import { Invalid, type Problem } from "./errors.ts";
import { personName } from "./invitations.ts";

/** A partner company, or the studio. */
export interface Account {
  id: string;
  name: string;
  profile: Profile;
}

/** An account as the studio sees it. */
export interface AccountStanding extends Account {
  /** How many may sign in, and how many of them manage the others. */
  active: number;
  admins: number;
  deactivated: number;
  /** How many were sent since an instant. */
  emails: number;
}

/** An account by itself, as the studio sees it. */
export interface AccountDetails extends AccountStanding {
  /** How many came in about it since that instant. */
  events: number;
  signedInAt: number | null;
}

/** The profiles of partners; the studio itself is there from the start. */
export const partnerProfiles = (["content", "fulfillment", "qc"] as const)
  .map((id) => ({ id, label: profiles[id] }));

/** What stands in addresses beside accounts. */
const taken = ["new"];
const longestId = 64;

/** An account as it was typed; without an id, with one made of its name. Throws Invalid. */
export function parseAccount(
  { id, name, profile }: { id: string; name: string; profile: string },
): Account {
  const plainName = personName(name);
  const found = partnerProfiles.find((each) => each.id === profile);
  const wanted = id.trim() === "" ? idOf(plainName) : id.trim().toLowerCase();
  const problems: Problem[] = [];
  if (plainName === "") problems.push({ field: "name", message: "Name the account." });
  if (!found) problems.push({ field: "profile", message: "Choose what the account does." });
  if (plainName !== "" && !isId(wanted)) {
    const message = `"${wanted}" is no id: small letters, digits and hyphens, as in meridian-post.`;
    problems.push({ field: "id", message });
  }
  if (problems.length > 0 || !found) throw new Invalid(problems);
  return { id: wanted, name: plainName, profile: found.id };
}

/** A name as it was typed. Throws Invalid. */
export function parseAccountName(name: string): string {
  const plain = personName(name);
  if (plain !== "") return plain;
  throw new Invalid([{ field: "name", message: "Name the account." }]);
}

function isId(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= longestId && !taken.includes(text);
}

/** "meridian-post" for Meridian Post. */
function idOf(name: string): string {
  const letters = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return letters.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, longestId);
}
