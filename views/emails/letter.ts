import { muteScope } from "../../domain/links.ts";
import type { OrderedEmail, Told } from "./composed.ts";
import { type Entry, entryOf, type Why, whyOf } from "./entry.ts";
import { contextOf, headlineOf, isAlone } from "./headline.ts";
import { isUrgent, requestOf, urgentRequests } from "./order.ts";
import { oneLine } from "./words.ts";

// What both parts of an email say, in the order in which they say it.

export interface Letter {
  /** The whole email in one line. */
  headline: string;
  context: string;
  /** True where the headline tells the title and the request of its only entry. */
  alone: boolean;
  sections: Section[];
  /** What did not fit. */
  rest: Link | null;
  /** True where the reasons' links stand once at the end, not with each entry. */
  digest: boolean;
  whys: Why[];
  /** Reasons that are not listed. */
  moreWhys: number;
  recipient: string;
  settings: Link;
  unsubscribe: Link;
}

export interface Link {
  words: string;
  url: string;
}

export interface Section {
  /** Null where there is only one section. */
  heading: string | null;
  titles: TitleGroup[];
}

export interface TitleGroup {
  name: string;
  requests: { name: string | null; entries: Entry[] }[];
}

const mostWhys = 20;

/** The letter that tells the first `most` items, which are in order, and counts the others. */
export function letterOf(email: OrderedEmail, most: number): Letter {
  const told = email.items.slice(0, most);
  const reasons = new Map(
    told.flatMap((item) => item.reasons.map((reason) => [reason.id, reason])),
  );
  const digest = email.frequency !== "immediately";
  const whys = digest ? [...reasons.values()] : [];
  return {
    headline: headlineOf(email),
    context: contextOf(email),
    alone: isAlone(email),
    sections: sectionsOf(email, told),
    rest: restOf(email, most),
    digest,
    whys: whys.slice(0, mostWhys).map((reason) => whyOf(email, reason)),
    moreWhys: Math.max(0, whys.length - mostWhys),
    recipient: `Sent to ${oneLine(email.reader.name)} by Callboard`,
    settings: { words: "Notification settings", url: `${email.baseUrl}/notifications` },
    unsubscribe: unsubscribeOf(email),
  };
}

function sectionsOf(email: OrderedEmail, told: Told[]): Section[] {
  const urgent = urgentRequests(email.items);
  const isNeeded = ({ event }: Told) => urgent.has(requestOf(event));
  const sections = [
    { heading: "Needs you", items: told.filter(isNeeded) },
    { heading: "Moved on", items: told.filter((item) => !isNeeded(item)) },
  ].filter(({ items }) => items.length > 0);
  return sections.map(({ heading, items }) => ({
    heading: sections.length > 1 ? heading : null,
    titles: titlesOf(email, items),
  }));
}

function titlesOf(email: OrderedEmail, items: Told[]): TitleGroup[] {
  const titles = Map.groupBy(items, ({ event }) => event.data.title?.id);
  return [...titles.values()].map((ofTitle) => ({
    name: oneLine(ofTitle[0]!.event.data.title?.name ?? "") || "No title",
    requests: [...Map.groupBy(ofTitle, ({ event }) => requestOf(event)).values()].map((group) => ({
      name: group[0]!.event.subject && oneLine(group[0]!.event.subject),
      entries: group.map((item) => entryOf(email, item)),
    })),
  }));
}

function restOf({ items, baseUrl, emailId }: OrderedEmail, most: number): Link | null {
  const left = items.slice(most);
  if (left.length === 0) return null;
  const urgent = left.filter(({ event }) => isUrgent(event)).length;
  const words = `and ${left.length} more${urgent > 0 ? `, ${urgent} of them with a deadline` : ""}`;
  return { words, url: `${baseUrl}/emails/${emailId}` };
}

function unsubscribeOf(
  { items, reader, frequency, baseUrl, unsubscribeToken }: OrderedEmail,
): Link {
  const ids = new Set(items.flatMap(({ reasons }) => reasons.map(({ id }) => id)));
  const scope = muteScope(reader.id, frequency, [...ids]);
  const words = "frequency" in scope
    ? `Mute all ${frequency === "immediately" ? "immediate" : frequency} mail`
    : ids.size === 1
    ? "Mute this notification"
    : "Mute these notifications";
  return { words, url: `${baseUrl}/mute/${unsubscribeToken}` };
}
