/** A random secret of 256 bits, safe in addresses and cookies. */
export function newToken(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** What we store of a secret: its SHA-256. The secrets are random, so they need no salt. */
export async function hashToken(token: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return base64Url(new Uint8Array(hash));
}

/** Without padding: mail programs have been seen to cut a link at its last "=". */
function base64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
