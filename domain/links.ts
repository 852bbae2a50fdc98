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

/** How many of the notifications that an email names share a signature: signing each costs more than all else in an email, naming too many makes every link long. */
const mostTogether = 10;

/** Where each notification that an email names can be muted, by its id: below `/mute/`. */
export async function muteLinks(
  secret: string,
  user: string,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const links = new Map<number, string>();
  for (let from = 0; from < ids.length; from += mostTogether) {
    const notifications = ids.slice(from, from + mostTogether);
    const token = await signMute(secret, { user, notifications });
    for (const id of notifications) {
      links.set(id, notifications.length === 1 ? token : `${token}/${id}`);
    }
  }
  return links;
}

/** The part of a scope that is one of its notifications alone; null where it does not name that one. */
export function narrowedTo(scope: MuteScope, id: number): MuteScope | null {
  const isNamed = "notifications" in scope && scope.notifications.includes(id);
  return isNamed ? { user: scope.user, notifications: [id] } : null;
}

/** A token fit for a URL; the same scope always gives the same one. */
export async function signMute(secret: string, scope: MuteScope): Promise<string> {
  const payload = payloadOf(scope);
  const signature = await crypto.subtle.sign("HMAC", await muteKey(secret), bytes(payload));
  return `${encode(new Uint8Array(signature))}.${payload}`;
}

/** The scope that was signed with this secret, or null where the token was altered or never ours. */
export async function verifyMute(secret: string, token: string): Promise<MuteScope | null> {
  const [signature = "", ...parts] = token.split(".");
  const decoded = decode(signature);
  if (!decoded) return null;
  const payload = parts.join(".");
  // `verify` takes equally long wherever two signatures differ.
  const signed = await crypto.subtle.verify("HMAC", await muteKey(secret), decoded, bytes(payload));
  return signed ? scopeOf(payload) : null;
}

/** The user, a dot, and either an opt-out or each id after a dash, in base 36. */
function payloadOf(scope: MuteScope): string {
  const muted = "optOut" in scope
    ? scope.optOut
    : scope.notifications.map((id) => `-${id.toString(36)}`).join("");
  return `${encode(bytes(scope.user))}.${muted}`;
}

function scopeOf(payload: string): MuteScope | null {
  const [encoded = "", muted = ""] = payload.split(".");
  const decoded = decode(encoded);
  if (!decoded) return null;
  const user = new TextDecoder().decode(decoded);
  const optOut = optOuts.find((each) => each === muted);
  if (optOut) return { user, optOut };
  return { user, notifications: muted.split("-").slice(1).map((id) => parseInt(id, 36)) };
}

let latest: { secret: string; key: Promise<CryptoKey> } | undefined;

/** The key of a secret. Deriving one costs more than signing with it, and a process has one secret: the latest is kept. */
function muteKey(secret: string): Promise<CryptoKey> {
  if (latest?.secret !== secret) latest = { secret, key: deriveMuteKey(secret) };
  return latest.key;
}

/** A key for this purpose alone, so that nothing else that the secret signs can pass for a link. */
async function deriveMuteKey(secret: string): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey("raw", bytes(secret), "HKDF", false, ["deriveKey"]);
  const purpose = { name: "HKDF", hash: "SHA-256", salt: bytes(""), info: bytes("mute link") };
  const hmac = { name: "HMAC", hash: "SHA-256" };
  return await crypto.subtle.deriveKey(purpose, key, hmac, false, ["sign", "verify"]);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function encode(data: Uint8Array): string {
  return data.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Undefined unless `encode` could have written it: spare bits of the last character would let a token be altered unnoticed. */
function decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const data = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    return encode(data) === text ? data : undefined;
  } catch {
    return undefined; // a SyntaxError: not base64url
  }
}
