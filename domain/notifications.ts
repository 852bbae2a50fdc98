import { defaultNotifications, type Frequency, type Role, visibleTypes } from "./catalogue.ts";
import type { Condition } from "./conditions.ts";
import { getOrAdd } from "./maps.ts";

/** A standing query over the event log, plus a bookmark. Instants are milliseconds since the epoch. */
export interface Notification {
  id: number;
  kind: "default" | "custom";
  type: string;
  conditions: Condition[];
  frequency: Frequency;
  /** The last `seq` that it has already accounted for. */
  bookmark: number;
  mutedAt: number | null;
  /** The end of a mute that ends by itself: a snooze. */
  mutedUntil: number | null;
  version: number;
}

/** A notification as its owner sees it: without the bookmark, which moves with every email. */
export type ShownNotification = Omit<Notification, "bookmark">;

/** What a person asks for when creating or editing a notification. */
export interface NotificationInput {
  type: string;
  conditions: Condition[];
  frequency: Frequency;
}

type Grant = (n: Pick<Notification, "kind" | "type">) => boolean;

/** There are few sets of roles, and many people who hold the same. */
const grants = new Map<string, Grant>();

/** Answers, for somebody with these roles, whether a notification is theirs to have at all. */
export function granted(roles: readonly Role[]): Grant {
  return getOrAdd(grants, roles.join(), () => grantOf(roles));
}

function grantOf(roles: readonly Role[]): Grant {
  const visible = new Set(visibleTypes(roles));
  const defaults = defaultNotifications(roles);
  return ({ kind, type }) => kind === "default" ? defaults.has(type) : visible.has(type);
}

/** The notifications that may still speak: granted by the roles and not muted. */
export function openNotifications<N extends Pick<Notification, "kind" | "type" | "mutedAt">>(
  all: readonly N[],
  roles: readonly Role[],
): N[] {
  const isGranted = granted(roles);
  return all.filter((notification) => isGranted(notification) && notification.mutedAt === null);
}
