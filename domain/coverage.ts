import { eventTypeIds, isDeadlineType, type Profile, type Role } from "./catalogue.ts";
import { granted, type Notification, openNotifications } from "./notifications.ts";

// Who in an account hears about the events that have a deadline. Muting, deleting, pausing or deactivating is never
// refused, but whoever is the last to hear is told so before. What counts is that somebody hears of the event type:
// conditions are not looked into.

/** The event types that no account should miss as a whole. */
export const deadlineTypes = eventTypeIds.filter(isDeadlineType);
const isDeadline = new Set(deadlineTypes);

/** What decides whether somebody's mail flows at all. */
export interface MailState {
  pausedUntil: number | null;
  addressFailedAt: number | null;
}

/** Whether nothing holds all of a person's mail back. */
export function mailFlows({ pausedUntil, addressFailedAt }: MailState, now: number): boolean {
  return addressFailedAt === null && (pausedUntil === null || pausedUntil <= now);
}

/** Unmuted notifications of a deadline type that active colleagues with these roles have. */
export interface Hearing {
  roles: Role[];
  kind: Notification["kind"];
  type: string;
  /** The instant from which on mail flows to at least one of them. */
  flowsFrom: number;
}

/** The deadline types that colleagues hear about. At the studio nobody need hear about everything, so nobody is the last. */
export function heardElsewhere(
  hearings: readonly Hearing[],
  { profile, now }: { profile: Profile; now: number },
): Set<string> {
  if (profile === "studio") return new Set(deadlineTypes);
  const heard = hearings.filter((each) => each.flowsFrom <= now && granted(each.roles)(each));
  return new Set(heard.map(({ type }) => type));
}

type Held = Pick<Notification, "id" | "kind" | "type" | "mutedAt">;

/** A person, and all that they have of the deadline types, among other things. */
export interface Hearer extends MailState {
  roles: Role[];
  notifications: readonly Held[];
}

/** The deadline types that nobody would hear about any more without those of a person's notifications that `leaves` names. */
export function lastHeard(
  hearer: Hearer,
  { leaves, elsewhere, now }: {
    leaves: (notification: Held) => boolean;
    elsewhere: ReadonlySet<string>;
    now: number;
  },
): string[] {
  const open = openOf(hearer, now);
  const typesOf = (list: readonly Held[]) => new Set(list.map(({ type }) => type));
  const kept = typesOf(open.filter((each) => !leaves(each)));
  const left = typesOf(open.filter(leaves));
  return deadlineTypes.filter((type) => left.has(type) && !kept.has(type) && !elsewhere.has(type));
}

/** The ids of a person's notifications each of which alone keeps a deadline type from reaching nobody. */
export function lastHearing(
  hearer: Hearer,
  { elsewhere, now }: { elsewhere: ReadonlySet<string>; now: number },
): Set<number> {
  const alone = [...Map.groupBy(openOf(hearer, now), ({ type }) => type)]
    .filter(([type, list]) => !elsewhere.has(type) && list.length === 1);
  return new Set(alone.map(([, [only]]) => only!.id));
}

/** The deadline types that nobody of the account hears about but this person, if at all. */
export function unsharedTypes(
  hearer: MailState,
  { elsewhere, now }: { elsewhere: ReadonlySet<string>; now: number },
): Set<string> {
  return new Set(
    mailFlows(hearer, now) ? deadlineTypes.filter((type) => !elsewhere.has(type)) : [],
  );
}

/** Of some event types, those with a deadline that a person does not hear about, and nobody else does. */
export function unheard(
  types: readonly string[],
  hearer: Hearer,
  { elsewhere, now }: { elsewhere: ReadonlySet<string>; now: number },
): string[] {
  const asked = deadlineTypes.filter((type) => types.includes(type) && !elsewhere.has(type));
  if (asked.length === 0) return [];
  const heard = new Set(openOf(hearer, now).map(({ type }) => type));
  return asked.filter((type) => !heard.has(type));
}

/** The notifications of deadline types through which a person hears now. */
export function openOf(hearer: Hearer, now: number): Held[] {
  if (!mailFlows(hearer, now)) return [];
  const held = hearer.notifications.filter(({ type }) => isDeadline.has(type));
  return openNotifications(held, hearer.roles);
}
