import type { KeySubject } from "./audit.ts";
import { Invalid, type Problem } from "./errors.ts";
import { personName } from "./invitations.ts";

/** What a new key is for: an upstream system, or the directory of an account. */
export type KeyPurpose = "events" | "directory";

/** A key as it is listed; of the secret itself nothing is known any more. */
export interface ListedKey {
  id: string;
  kind: KeySubject;
  name: string;
  /** The account whose people it provisions; null for one that posts events. */
  account: { id: string; name: string } | null;
  /** The beginnings of the sources for which it may speak; null for all. */
  sources: string[] | null;
  perSecond: number;
  createdAt: number;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

/** A key as it was typed. */
export interface TypedKey {
  name: string;
  purpose: string;
  sources: string;
  account: string;
  perSecond: string;
}

/** A key that somebody wants. */
export type WantedKey =
  & { name: string; perSecond: number }
  & (
    | { purpose: "events"; sources: string[] | null }
    | { purpose: "directory"; account: string }
  );

/** How many requests a second a key may make unless somebody says otherwise. */
export const usualPace: Record<KeyPurpose, number> = { events: 1_000, directory: 50 };
const fastest = 100_000;
const mostSources = 50;

/** The pace of a key in words, such as "1,000 requests a second". */
export function paceText({ perSecond }: { perSecond: number }): string {
  return `${perSecond.toLocaleString("en")} ${perSecond === 1 ? "request" : "requests"} a second`;
}

/** A key as it was typed. Throws Invalid. */
export function parseKey({ name, purpose, sources, account, perSecond }: TypedKey): WantedKey {
  const kind = purpose === "directory" ? "directory" : "events";
  const plain = personName(name);
  const pace = perSecond.trim() === "" ? usualPace[kind] : Number(perSecond);
  const starts = sources.split(/[\n,]/).map((each) => each.trim()).filter((each) => each !== "");
  const problems: Problem[] = [];
  const refuse = (field: string, message: string) => problems.push({ field, message });
  if (plain === "") refuse("name", "Name the system that the key is for.");
  if (!Number.isInteger(pace) || pace < 1 || pace > fastest) {
    refuse("perSecond", `Write a whole number from 1 to ${fastest.toLocaleString("en")}.`);
  }
  if (kind === "directory" && account.trim() === "") {
    refuse("account", "Write the id of the account, such as meridian-post.");
  }
  if (starts.length > mostSources || starts.some((each) => each.length > 200)) {
    refuse("sources", `At most ${mostSources} sources, each of at most 200 characters.`);
  }
  if (problems.length > 0) throw new Invalid(problems);
  const wanted = { name: plain, perSecond: pace };
  return kind === "directory"
    ? { ...wanted, purpose: kind, account: account.trim().toLowerCase() }
    : { ...wanted, purpose: kind, sources: starts.length > 0 ? starts : null };
}
