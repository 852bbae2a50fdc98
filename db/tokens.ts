import { encodeBase64Url } from "hono/utils/encode";

/** A random secret of 256 bits, safe in addresses and cookies. */
export function newToken(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)).buffer);
}

/** What we store of a secret: its SHA-256. The secrets are random, so they need no salt. */
export async function hashToken(token: string): Promise<string> {
  return encodeBase64Url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token)));
}
