import { type Profile, type Role, rolesFor, visibleTypes } from "./catalogue.ts";
import { fingerprint } from "./conditions.ts";
import type { Notification, NotificationInput } from "./notifications.ts";
import { coversOptOut, type OptOut } from "./opt_outs.ts";

// What an account's admins prepare for whoever gets a role for the first time: Custom notifications, given once.

export interface Preparation extends NotificationInput {
  id: number;
  role: Role;
}

/** The roles of a profile that show anything to be notified of. */
export function preparableRoles(profile: Profile): Role[] {
  return rolesFor(profile).filter((role) => visibleTypes([role]).length > 0);
}

/** Somebody who may get prepared notifications. */
interface Newcomer {
  optOuts: OptOut[];
  /** What is prepared for the roles that they never held. */
  preparations: readonly Preparation[];
}

/** What comes with these roles beside the notifications of whoever gets them, each once; what is saved has a positive id. */
export function arriving(
  { optOuts, preparations }: Newcomer,
  roles: readonly Role[],
  { beside, now }: { beside: readonly NotificationInput[]; now: number },
): Notification[] {
  const taken = new Set(beside.map(printOf));
  return preparations.filter((each) => {
    const isNew = roles.includes(each.role) && visibleTypes([each.role]).includes(each.type) &&
      !taken.has(printOf(each));
    if (isNew) taken.add(printOf(each));
    return isNew;
  }).map(({ id, type, conditions, frequency }) => ({
    ...{ id: -1_000 - id, kind: "custom", type, conditions, frequency, bookmark: 0, version: 1 },
    mutedAt: optOuts.some((optOut) => coversOptOut(optOut, { type, frequency })) ? now : null,
    mutedUntil: null,
  }));
}

function printOf({ type, frequency, conditions }: NotificationInput): string {
  return fingerprint(type, frequency, conditions);
}
