import * as z from "zod";

// One mailbox is one person: whatever an address comes from, a sign-in page, a table, a directory or a provider, it has one
// spelling here.

/** What a mail server takes at most, in characters. */
const longestAddress = 254;

const whole = z.email();
const domainName =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;

/** The one way to write an address, whatever its letter case and Unicode form, its domain as the DNS has it; null where it is none. */
export function parseAddress(text: string): string | null {
  const plain = text.normalize("NFKC").trim();
  const at = plain.lastIndexOf("@");
  const [mailbox, domain] = [plain.slice(0, at).toLowerCase(), dnsName(plain.slice(at + 1))];
  if (at < 0 || domain === null || !whole.safeParse(`${mailbox}@name.example`).success) return null;
  const address = `${mailbox}@${domain}`;
  return address.length <= longestAddress ? address : null;
}

/** The address that somebody else vouches for, in the same spelling; null where only we would read its letters as those of another mailbox. */
export function parseVouchedAddress(text: string): string | null {
  const isPlain = /^[\x21-\x7e]+@[^@]+$/.test(text.trim());
  return isPlain ? parseAddress(text) : null;
}

/** A domain in small letters and without any that the DNS does not have: "bücher.example" is "xn--bcher-kva.example". */
function dnsName(domain: string): string | null {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return null;
  const name = URL.parse(`http://${domain}`)?.hostname ?? "";
  return domainName.test(name) ? name : null;
}
