import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** Writes the public key that a libSQL server trusts; resolves to the private one, as what signs a token. */
export async function makeKey(directory: string) {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  const { x } = await exportJWK(publicKey);
  const keyFile = `${directory}/public-key`;
  await Deno.writeTextFile(keyFile, x!);
  return { keyFile, sign: (token: SignJWT) => token.sign(privateKey) };
}

/** A token that reads and writes. */
export function token(): SignJWT {
  return new SignJWT({ a: "rw" }).setProtectedHeader({ alg: "EdDSA" });
}
