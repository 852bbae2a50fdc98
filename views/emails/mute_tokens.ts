import { Buffer } from "node:buffer";
import { createHash, type Hash, hkdfSync, timingSafeEqual } from "node:crypto";
import { type MuteScope, namedTogether, scopeOf, scopeText } from "../../domain/links.ts";

// The tokens of the links that mute. They are signed at once, not by another thread: waiting for that takes longer
// than signing, and every email has several.

/** Where each notification that an email names can be muted, by its id: below `/mute/`. */
export function muteLinks(
  secret: string,
  user: string,
  ids: readonly number[],
): Map<number, string> {
  const links = new Map<number, string>();
  for (const notifications of namedTogether(ids)) {
    const token = signMute(secret, { user, notifications });
    for (const id of notifications) {
      links.set(id, notifications.length === 1 ? token : `${token}/${id}`);
    }
  }
  return links;
}

/** A token fit for a URL; the same scope always gives the same one. */
export function signMute(secret: string, scope: MuteScope): string {
  const text = scopeText(scope);
  return `${signatureOf(secret, text)}.${text}`;
}

/** The scope that was signed with this secret, or null where the token was altered or never ours. */
export function verifyMute(secret: string, token: string): MuteScope | null {
  const [signature = "", ...parts] = token.split(".");
  const text = parts.join(".");
  const [given, expected] = [Buffer.from(signature), Buffer.from(signatureOf(secret, text))];
  // Compared as they are spelled: spare bits of the last character would let a token be altered unnoticed.
  const signed = given.length === expected.length && timingSafeEqual(given, expected);
  return signed ? scopeOf(text) : null;
}

/** HMAC-SHA256, by its definition: what it hashes of the key comes first and is the same for every link, so it is hashed once and copied. That takes a quarter of the time of `createHmac`. */
function signatureOf(secret: string, text: string): string {
  const { inner, outer } = muteKey(secret);
  return outer.copy().update(inner.copy().update(text).digest()).digest("base64url");
}

/** Both hashes of an HMAC, begun with its key. */
interface MuteKey {
  inner: Hash;
  outer: Hash;
}

let latest: { secret: string; key: MuteKey } | undefined;

/** The key of a secret. Deriving one costs more than signing with it, and a process has one secret: the latest is kept. */
function muteKey(secret: string): MuteKey {
  if (latest?.secret !== secret) latest = { secret, key: deriveMuteKey(secret) };
  return latest.key;
}

/** A key for this purpose alone, so that nothing else that the secret signs can pass for a link. */
function deriveMuteKey(secret: string): MuteKey {
  // As long as a block of SHA-256, so that it needs no padding.
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "mute link", 64));
  const begun = (pad: number) => createHash("sha256").update(key.map((byte) => byte ^ pad));
  return { inner: begun(0x36), outer: begun(0x5c) };
}
