import * as z from "zod";
import type { Role } from "./catalogue.ts";
import { fingerprint } from "./conditions.ts";
import { parseInput } from "./drafts.ts";
import { Invalid } from "./errors.ts";
import { granted, type NotificationInput, type ShownNotification } from "./notifications.ts";

// A person's Custom notifications as a text that they can keep, and bring back here or elsewhere. Default ones follow
// from roles, so they are not in it.

/** How many notifications are brought at a time, and how many bytes they may take. */
export const mostBrought = 1_000;
export const longestTransfer = 200_000;

const version = 1;
const transfer = z.object({
  callboard: z.literal("notifications"),
  version: z.int(),
  notifications: z.array(z.unknown()),
});
const entry = z.object({
  type: z.string(),
  frequency: z.string(),
  conditions: z.unknown().default([]),
  muted: z.boolean().default(false),
});

/** The Custom ones among these notifications as JSON, one to a line. A snooze is not kept: it will be over. */
export function transferText(notifications: readonly ShownNotification[]): string {
  const lines = notifications.filter(({ kind }) => kind === "custom").map((
    { type, conditions, frequency, mutedAt, mutedUntil },
  ) => JSON.stringify({ type, conditions, frequency, muted: mutedAt !== null && !mutedUntil }));
  const head = `{"callboard":"notifications","version":${version},"notifications":[`;
  return `${head}\n${lines.join(",\n")}\n]}\n`;
}

/** What is brought and was not there. */
export interface Brought extends NotificationInput {
  muted: boolean;
}

/** What would become of an entry, counted from 1. */
export type Entry =
  & { number: number }
  & (
    | { outcome: "new" | "there" | "repeated"; brought: Brought }
    | { outcome: "refused"; why: string }
  );

/** Whose they are to be. */
interface Owner {
  roles: readonly Role[];
  notifications: readonly ShownNotification[];
}

/** What would become of each notification of a text; throws Invalid where none can be read from it. */
export function readTransfer(text: string, { roles, notifications }: Owner): Entry[] {
  const taken = new Set(notifications.filter(granted(roles)).map(printOf));
  // Those that the roles do not show now are there all the same.
  notifications.filter(({ kind }) => kind === "custom").forEach((each) => taken.add(printOf(each)));
  const seen = new Set<string>();
  return entriesOf(text).map((raw, index): Entry => {
    const number = index + 1;
    const brought = readEntry(raw, roles);
    if (typeof brought === "string") return { number, outcome: "refused", why: brought };
    const print = printOf(brought);
    if (seen.has(print)) return { number, outcome: "repeated", brought };
    seen.add(print);
    return { number, outcome: taken.has(print) ? "there" : "new", brought };
  });
}

function entriesOf(text: string): unknown[] {
  if (text.trim() === "") throw unreadable("Choose a file, or paste its text.");
  if (new TextEncoder().encode(text).length > longestTransfer) {
    throw unreadable(`This is longer than ${longestTransfer / 1_000} KB: bring it in parts.`);
  }
  const parsed = transfer.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw unreadable(
      "This is JSON, but no export of notifications: choose a file that Callboard wrote.",
    );
  }
  if (parsed.data.version !== version) {
    throw unreadable(
      `This is of version ${parsed.data.version}, and only version ${version} is known here.`,
    );
  }
  const { length } = parsed.data.notifications;
  if (length > mostBrought) {
    throw unreadable(
      `These are ${length} notifications, and at most ${mostBrought} are brought at a time.`,
    );
  }
  return parsed.data.notifications;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw unreadable("This is no JSON: it may be cut off, or have been changed by hand.");
  }
}

/** A notification, or the sentence that says what is wrong with it. */
function readEntry(raw: unknown, roles: readonly Role[]): Brought | string {
  const read = entry.safeParse(raw);
  if (!read.success) return "A notification has at least a type and a frequency.";
  try {
    return { ...parseInput(read.data, roles), muted: read.data.muted };
  } catch (error) {
    if (error instanceof Invalid) return error.message;
    throw error;
  }
}

function printOf({ type, frequency, conditions }: NotificationInput): string {
  return fingerprint(type, frequency, conditions);
}

function unreadable(message: string): Invalid {
  return new Invalid([{ field: "text", message }]);
}
