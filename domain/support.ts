import { eventTypeLabel, frequencies, type Frequency, type Profile } from "./catalogue.ts";
import { type EmailStanding, emailStates } from "./email_states.ts";
import { type MailTimes, nextDigestText } from "./schedule.ts";

// A request to support, and what it says of its own accord. It names people, accounts and emails by their ids:
// titles, addresses and conditions are nobody else's business.

/** What support has to know of whoever asks. Instants are milliseconds since the epoch. */
export interface SupportContext {
  /** The page that they came from. */
  page: string;
  user: MailTimes & {
    id: string;
    pausedUntil: number | null;
    account: { id: string; profile: Profile };
  };
  /** The newest first. */
  emails: { id: string; frequency: Frequency; state: EmailStanding; composedAt: number }[];
  notifications: {
    kind: "default" | "custom";
    type: string;
    frequency: Frequency;
    mutedAt: number | null;
  }[];
}

/** What goes with a request, under the heading that says what it is. */
export interface ContextPart {
  label: string;
  lines: string[];
}

/** How many notifications are named. */
const mostNamed = 40;

/** The context in words, the same on the page and in the email. */
export function contextParts(context: SupportContext, now: number): ContextPart[] {
  const { page, user, emails } = context;
  return [
    { label: "Page", lines: [page] },
    { label: "Who asks", lines: [`User ${user.id}, account ${user.account.id}`] },
    { label: "When mail comes", lines: timesLines(user, now) },
    { label: "Last emails", lines: emails.map((email) => emailLine(email, user, now)) },
    { label: "Notifications", lines: notificationLines(context) },
  ].map(({ label, lines }) => ({ label, lines: lines.length > 0 ? lines : ["None"] }));
}

function timesLines({ pausedUntil, ...times }: SupportContext["user"], now: number): string[] {
  const { zone, digestHour, digestWeekday, quietFrom, quietUntil } = times;
  return [
    `Digests at ${digestHour}:00, weekly on ${weekdays[digestWeekday - 1]}, ${zone}`,
    ...quietFrom === null ? [] : [`Quiet hours from ${quietFrom}:00 to ${quietUntil}:00`],
    ...pausedUntil === null ? [] : [`Paused until ${nextDigestText(pausedUntil, zone, now)}`],
  ];
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function emailLine(
  { id, frequency, state, composedAt }: SupportContext["emails"][0],
  { zone }: MailTimes,
  now: number,
): string {
  const when = nextDigestText(composedAt, zone, now);
  return `${when}: ${frequencies[frequency]}, ${emailStates[state].toLowerCase()}, ${id}`;
}

function notificationLines({ notifications }: SupportContext): string[] {
  const named = notifications.slice(0, mostNamed).map(({ kind, type, frequency, mutedAt }) => {
    const muted = mutedAt === null ? "" : ", muted";
    return `${eventTypeLabel(type)}: ${kind}, ${frequencies[frequency].toLowerCase()}${muted}`;
  });
  const more = notifications.length - named.length;
  return more > 0 ? [...named, `and ${more} more`] : named;
}

// Without the letters and digits that are taken for each other on the telephone.
const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const referenceLength = 10;

/** A new reference, made of random bytes of which it takes 10: "CB-7K3MA-9QXT2". */
export function referenceOf(random: Uint8Array): string {
  const letters = [...random.subarray(0, referenceLength)]
    .map((byte) => alphabet[byte % alphabet.length]);
  return `CB-${letters.slice(0, 5).join("")}-${letters.slice(5).join("")}`;
}

/** What a reference looks like. */
export const referencePattern = new RegExp(`^CB-[${alphabet}]{5}-[${alphabet}]{5}$`);
