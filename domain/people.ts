import type { Role } from "./catalogue.ts";

/** Whether these roles may see and deactivate the people of their own account. */
export function mayManagePeople(roles: readonly Role[]): boolean {
  return roles.includes("account-admin") || roles.includes("studio-admin");
}
