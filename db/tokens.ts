import { createHmac, hash } from "node:crypto";

/** A random secret of 256 bits, safe in addresses and cookies. */
export function newToken(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** The secret that belongs to what is asked for: asked twice it is the same one, and without our secret nobody finds it. */
export function tokenFor(asked: string, secret: string): string {
  return createHmac("sha256", `new key ${secret}`).update(asked).digest("base64url");
}

/** What we store of a secret: its SHA-256. The secrets are random, so they need no salt. Every page asks for one: at once, not from another thread. */
export function hashToken(token: string): string {
  return hash("sha256", token, "base64url");
}

/** Without padding: mail programs have been seen to cut a link at its last "=". */
function base64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
