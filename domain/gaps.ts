import { eventType, type Profile, visibleTypes } from "./catalogue.ts";
import { deadlineTypes, type Hearer, lastHeard, mailFlows, openOf } from "./coverage.ts";
import { granted } from "./notifications.ts";

// What an account's admins see of its coverage: the deadline types that reach nobody, and what one leaving would mean.

/** Somebody of an account. */
export interface Member extends Hearer {
  id: string;
  name: string;
  deactivatedAt: number | null;
}

/** Why somebody does not hear whose roles would show it. */
export type Hindrance = "address failed" | "paused" | "muted" | "not asked";

/** A deadline type that reaches nobody, and the active people whose roles show it. */
export interface Gap {
  type: string;
  could: { name: string; hindrance: Hindrance }[];
}

/** When, and from which profile's point of view. */
interface Viewpoint {
  profile: Profile;
  now: number;
}

/** The deadline types meant for this profile that reach nobody of the account. */
export function coverageGaps(members: readonly Member[], { profile, now }: Viewpoint): Gap[] {
  const active = members.filter(({ deactivatedAt }) => deactivatedAt === null);
  const heard = heardBy(active, now);
  return deadlineTypes
    .filter((type) => eventType(type)!.audience[profile] !== undefined && !heard.has(type))
    .map((type) => ({
      type,
      could: active.filter(({ roles }) => visibleTypes(roles).includes(type))
        .map((member) => ({ name: member.name, hindrance: hindrance(member, type, now) })),
    }));
}

/** The deadline types that one member alone hears about. */
export function heardOnlyBy(members: readonly Member[], id: string, now: number): string[] {
  const active = members.filter(({ deactivatedAt }) => deactivatedAt === null);
  const elsewhere = heardBy(active.filter((member) => member.id !== id), now);
  const leaves = () => true;
  return active.filter((member) => member.id === id)
    .flatMap((member) => lastHeard(member, { leaves, elsewhere, now }));
}

function heardBy(members: readonly Member[], now: number): Set<string> {
  return new Set(members.flatMap((member) => openOf(member, now)).map(({ type }) => type));
}

function hindrance(member: Member, type: string, now: number): Hindrance {
  if (member.addressFailedAt !== null) return "address failed";
  if (!mailFlows(member, now)) return "paused";
  const isGranted = granted(member.roles);
  const has = member.notifications.some((each) => each.type === type && isGranted(each));
  return has ? "muted" : "not asked";
}
