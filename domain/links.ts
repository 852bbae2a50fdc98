import type { Frequency } from "./catalogue.ts";
import { type OptOut, optOuts } from "./opt_outs.ts";

// The links that mute from within an email. They never expire; that they are signed is what protects them.

/** What a link mutes: these notifications, or what its reader opts out of as a whole. */
export type MuteScope =
  | { user: string; notifications: number[] }
  | { user: string; optOut: OptOut };

/** With more of them the link would grow too long for a header line. */
const mostNotifications = 30;

/** What the unsubscribe link of an email mutes: a digest as a whole; of immediate mail, what matched. */
export function muteScope(user: string, frequency: Frequency, ids: number[]): MuteScope {
  return frequency === "immediately" && ids.length <= mostNotifications
    ? { user, notifications: ids }
    : { user, optOut: frequency };
}

/** How many of the notifications that an email names share a signature: signing costs more than most else in an email, naming too many makes every link long. */
const mostTogether = 10;

/** The notifications that an email names, in the groups that share a signature. */
export function namedTogether(ids: readonly number[]): number[][] {
  const count = Math.ceil(ids.length / mostTogether);
  return Array.from(
    { length: count },
    (_, index) => ids.slice(index * mostTogether, (index + 1) * mostTogether),
  );
}

/** The part of a scope that is one of its notifications alone; null where it does not name that one. */
export function narrowedTo(scope: MuteScope, id: number): MuteScope | null {
  const isNamed = "notifications" in scope && scope.notifications.includes(id);
  return isNamed ? { user: scope.user, notifications: [id] } : null;
}

/** What a link says, and what its signature signs: the user, a dot, and either an opt-out or each id after a dash, in base 36. */
export function scopeText(scope: MuteScope): string {
  const muted = "optOut" in scope
    ? scope.optOut
    : scope.notifications.map((id) => `-${id.toString(36)}`).join("");
  return `${encode(scope.user)}.${muted}`;
}

/** The scope that a text means; only one that was signed is to be trusted. */
export function scopeOf(text: string): MuteScope {
  const [encoded = "", muted = ""] = text.split(".");
  const user = decode(encoded);
  const optOut = optOuts.find((each) => each === muted);
  if (optOut) return { user, optOut };
  return { user, notifications: muted.split("-").slice(1).map((id) => parseInt(id, 36)) };
}

function encode(text: string): string {
  return new TextEncoder().encode(text).toBase64({ alphabet: "base64url", omitPadding: true });
}

function decode(text: string): string {
  return new TextDecoder().decode(Uint8Array.fromBase64(text, { alphabet: "base64url" }));
}
