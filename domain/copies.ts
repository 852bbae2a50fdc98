import { type Role, visibleTypes } from "./catalogue.ts";
import { fingerprint } from "./conditions.ts";
import { covers } from "./covers.ts";
import { granted, type NotificationInput, type ShownNotification } from "./notifications.ts";
import { coversOptOut, type OptOut } from "./opt_outs.ts";

// A notification that an admin lets colleagues have as well. The copy is theirs.

/** Somebody of the same account. */
export interface Colleague {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  optOuts: OptOut[];
  /** Those about the same event type. */
  notifications: ShownNotification[];
}

/** What a copy would be to a colleague. */
export type Fit =
  | { kind: "not shown" | "has it" }
  /** `optOut` lets it arrive muted; `covered` tells all of it already. */
  | { kind: "free"; optOut: OptOut | undefined; covered: ShownNotification | undefined };

/** Whether a colleague could have a copy, and what there is to know before. */
export function fitOf(colleague: Colleague, notification: NotificationInput): Fit {
  const { roles, optOuts, notifications } = colleague;
  if (!visibleTypes(roles).includes(notification.type)) return { kind: "not shown" };
  const theirs = notifications.filter(granted(roles));
  const print = printOf(notification);
  if (theirs.some((each) => printOf(each) === print)) return { kind: "has it" };
  return {
    kind: "free",
    optOut: optOuts.find((optOut) => coversOptOut(optOut, notification)),
    covered: theirs.find((each) => each.mutedAt === null && covers(each, notification)),
  };
}

function printOf({ type, frequency, conditions }: NotificationInput): string {
  return fingerprint(type, frequency, conditions);
}
