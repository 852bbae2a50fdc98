import { type Profile, type Role, roles, rolesFor } from "./catalogue.ts";
import { Invalid } from "./errors.ts";

/** Whether these roles may see and deactivate the people of their own account. */
export function mayManagePeople(held: readonly Role[]): boolean {
  return held.some((role) => adminRoles.includes(role));
}

/** The roles of which an account must not lose its last holder: nobody could manage its people any more. */
export const adminRoles: readonly Role[] = ["account-admin", "studio-admin"];

/** Those of the chosen roles that an account of this profile may hold, in the order of the catalogue. Throws Invalid for any other. */
export function parseRoles(chosen: readonly string[], profile: Profile): Role[] {
  const offered = rolesFor(profile);
  const stranger = chosen.find((role) => !offered.some((each) => each === role));
  if (stranger !== undefined) {
    throw new Invalid([{
      field: "role",
      message: `Choose among the roles of this account: "${stranger}" is none of them.`,
    }]);
  }
  return offered.filter((role) => chosen.includes(role));
}

/** Whether two lists hold the same roles. */
export function areSameRoles(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).symmetricDifference(new Set(b)).size === 0;
}

/** Whether these roles may manage every account, its people, and the keys. */
export function mayManageAccounts(held: readonly Role[]): boolean {
  return held.includes("studio-admin");
}

/** Whether these roles may look at the pages of any other user as that user sees them. */
export function mayViewAs(held: readonly Role[]): boolean {
  return held.includes("studio-admin");
}

/** Whether these roles may see the whole log, and whom its events reached. */
export function mayExplore(held: readonly Role[]): boolean {
  return held.some((role) => roles[role].sees === "studio");
}
