import { createHash } from "node:crypto";
import type { ComposedEmail } from "./composed.ts";

/** Header lines longer than this are broken by some servers. */
const longestLine = 900;
const mostThreads = 8;

/** Every header beyond From, To, Subject and Message-ID. Values are printable ASCII on one line. */
export function headersOf(email: ComposedEmail): Record<string, string> {
  const { account, frequency, baseUrl, unsubscribeToken, mailDomain, items } = email;
  const types = items.map(({ event }) => event.type);
  const titles = items.flatMap(({ event }) => event.data.title?.id ?? []);
  return {
    "List-Id": `<${domainLabel(account.id)}.${mailDomain}>`,
    "List-Unsubscribe": `<${baseUrl}/mute/${unsubscribeToken}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
    "Feedback-ID": `${frequency}:${domainLabel(account.id)}:callboard`,
    ...references(email),
    "X-Callboard-Frequency": frequency,
    "X-Callboard-Event-Types": listed(types),
    "X-Callboard-Account": ascii(account.id).slice(0, longestLine),
    ...titles.length > 0 ? { "X-Callboard-Titles": listed(titles) } : {},
  };
}

/** Makes immediate mail about one request one conversation; the message that it names never existed. */
function references(
  { frequency, items, account, reader, mailDomain }: ComposedEmail,
): Record<string, string> {
  if (frequency !== "immediately") return {};
  const requests = new Set(items.flatMap(({ event }) => event.subject ?? []));
  const threads = [...requests].slice(0, mostThreads)
    .map((request) => `<${hashOf([account.id, reader.id, request])}@${mailDomain}>`);
  return threads.length > 0 ? { References: threads.join(" ") } : {};
}

/** The values once each, and how many did not fit: "81234567, 81234568, +212". */
function listed(values: string[]): string {
  const distinct = [...new Set(values.map(ascii))];
  let fits = 0;
  for (let length = 0; fits < distinct.length; fits++) {
    length += distinct[fits]!.length + 2;
    if (length > longestLine) break;
  }
  const left = distinct.length - fits;
  return [...distinct.slice(0, fits), ...left > 0 ? [`+${left}`] : []].join(", ");
}

/** The value with everything percent-encoded that a header, or a list in one, cannot hold. */
function ascii(value: string): string {
  return value.toWellFormed().replace(/[^!-+\--~]/gu, (each) => encodeURIComponent(each));
}

/** The id as a label of a domain name; an id that is none gets a hash, so that no two share a label. */
function domainLabel(id: string): string {
  const label = id.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 40).replace(/^-|-$/g, "");
  return label === id ? label : `${label || "account"}-${hashOf([id]).slice(0, 8)}`;
}

function hashOf(parts: string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
