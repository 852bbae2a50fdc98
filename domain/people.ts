import { type Role, roles } from "./catalogue.ts";

/** Whether these roles may see and deactivate the people of their own account. */
export function mayManagePeople(held: readonly Role[]): boolean {
  return held.includes("account-admin") || held.includes("studio-admin");
}

/** Whether these roles may see the whole log, and whom its events reached. */
export function mayExplore(held: readonly Role[]): boolean {
  return held.some((role) => roles[role].sees === "studio");
}
