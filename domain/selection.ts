import { eventType, eventTypeLabel, type Frequency } from "./catalogue.ts";
import { fingerprint } from "./conditions.ts";
import type { NotificationInput, ShownNotification } from "./notifications.ts";

/** What can be done to several notifications at once. */
export type Wish =
  | { do: "mute" | "unmute" | "delete" }
  | { do: "reschedule"; to: Frequency };

/** A notification that was selected and stays as it was, and why: "Request Critical cannot be had weekly". */
export interface Stay {
  id: number;
  why: string;
}

/** How many notifications can be selected at a time. */
export const mostSelected = 1_000;

/** Which of the selected notifications the wish can be done to, and why the others stay as they are. */
export function partSelection<N extends ShownNotification>(
  all: readonly N[],
  ids: ReadonlySet<number>,
  wish: Wish,
): { doable: N[]; stays: Stay[] } {
  const selected = all.filter(({ id }) => ids.has(id));
  const there = new Set(selected.map(({ id }) => id));
  const stays = [...ids].filter((id) => !there.has(id)).map((id) => ({
    id,
    why: "not there any more",
  }));
  const taken = new Set(all.map(printOf));
  const doable = selected.filter((notification) => {
    const why = wish.do === "reschedule"
      ? whyNotAt(notification, wish.to, taken)
      : whyNot(notification, wish.do);
    if (why) stays.push({ id: notification.id, why });
    return !why;
  });
  return { doable, stays };
}

function whyNot(
  { kind, mutedAt, mutedUntil }: ShownNotification,
  wish: "mute" | "unmute" | "delete",
) {
  if (wish === "delete") {
    return kind === "default" && "a Default notification can be muted, not deleted";
  }
  if (wish === "unmute") return mutedAt === null && "not muted";
  return mutedAt !== null && mutedUntil === null && "muted already";
}

/** Why a notification cannot be had at a frequency; where it can, its fingerprint is taken from now on. */
function whyNotAt(notification: ShownNotification, frequency: Frequency, taken: Set<string>) {
  const { kind, type } = notification;
  if (notification.frequency === frequency) return `${frequency} already`;
  if (kind === "default") return "the frequency of a Default notification comes with your roles";
  if (!eventType(type)?.frequencies.includes(frequency)) {
    return `${eventTypeLabel(type)} cannot be had ${frequency}`;
  }
  const print = printOf({ ...notification, frequency });
  const isTaken = taken.has(print);
  taken.add(print);
  return isTaken && `the same ${eventTypeLabel(type)} exists ${frequency}`;
}

function printOf({ type, frequency, conditions }: NotificationInput): string {
  return fingerprint(type, frequency, conditions);
}

/** How many reasons a message can name. */
const mostReasons = 3;

/** "2 of 5 stay: muted already; Request Critical cannot be had weekly". */
export function staysText(stays: readonly Stay[], selected: number): string {
  const verb = stays.length === 1 ? "stays" : "stay";
  return `${stays.length} of ${selected} ${verb}: ${reasonsText(stays)}`;
}

/** Why they stay, each reason once. */
export function reasonsText(stays: readonly Stay[]): string {
  const reasons = [...new Set(stays.map(({ why }) => why))];
  const others = reasons.length - mostReasons;
  const named = reasons.slice(0, mostReasons).join("; ");
  return others > 0 ? `${named}; and ${others} more` : named;
}
