import { muteScope } from "../../domain/links.ts";
import type { OrderedEmail, Told } from "./composed.ts";
import { optOutText } from "../../domain/opt_outs.ts";
import { type Entry, entryOf, type Why, whyOf } from "./entry.ts";
import { contextOf, headlineOf, isAlone, latenessOf } from "./headline.ts";
import type { RequestState } from "../../domain/requests.ts";
import { counted, needing, oneLine } from "./words.ts";

// What both parts of an email say, in the order in which they say it.

export interface Letter {
  /** The whole email in one line. */
  headline: string;
  context: string;
  /** Why it comes now and not when it was due; null where it comes in time. */
  lateness: string | null;
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
  requests: { name: string | null; entry: Entry }[];
}

const mostWhys = 20;

/** The letter that tells of the first `most` requests, which are in order, and counts the others. */
export function letterOf(email: OrderedEmail, most: number): Letter {
  const told = email.requests.slice(0, most);
  const reasons = new Map(
    told.flatMap(itemsOf).flatMap(({ reasons }) => reasons.map((reason) => [reason.id, reason])),
  );
  const digest = email.frequency !== "immediately";
  const whys = digest ? [...reasons.values()] : [];
  return {
    headline: headlineOf(email),
    context: contextOf(email),
    lateness: latenessOf(email),
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

function itemsOf({ newest, earlier }: RequestState<Told>): Told[] {
  return [newest, ...earlier];
}

function sectionsOf(email: OrderedEmail, told: RequestState<Told>[]): Section[] {
  const asks = ({ open }: RequestState<Told>) => open.length > 0;
  const sections = [
    { heading: "Need action", requests: told.filter(asks) },
    { heading: "For information", requests: told.filter((request) => !asks(request)) },
  ].filter(({ requests }) => requests.length > 0);
  return sections.map(({ heading, requests }) => ({
    heading: sections.length > 1 ? heading : null,
    titles: titlesOf(email, requests),
  }));
}

function titlesOf(email: OrderedEmail, requests: RequestState<Told>[]): TitleGroup[] {
  const titles = Map.groupBy(requests, titleOf);
  return [...titles.values()].map((ofTitle) => ({
    name: oneLine(ofTitle[0]!.newest.event.data.title?.name ?? "") || "No title",
    requests: ofTitle.map((request) => ({
      name: request.newest.event.subject && oneLine(request.newest.event.subject),
      entry: entryOf(email, request),
    })),
  }));
}

function titleOf({ newest }: RequestState<Told>): string | undefined {
  return newest.event.data.title?.id;
}

/** "and 480 more (2,310 events), 12 of them need action". */
function restOf({ requests, baseUrl, emailId }: OrderedEmail, most: number): Link | null {
  const left = requests.slice(most);
  if (left.length === 0) return null;
  const events = left.reduce((sum, request) => sum + itemsOf(request).length, 0);
  const asking = left.filter(({ open }) => open.length > 0).length;
  const words = [
    `and ${left.length} more${events > left.length ? ` (${counted(events, "event")})` : ""}`,
    ...asking > 0 ? [`of which ${needing(asking)}`] : [],
  ].join(", ");
  return { words, url: `${baseUrl}/emails/${emailId}` };
}

function unsubscribeOf(
  { items, reader, frequency, baseUrl, unsubscribeToken }: OrderedEmail,
): Link {
  const ids = new Set(items.flatMap(({ reasons }) => reasons.map(({ id }) => id)));
  const scope = muteScope(reader.id, frequency, [...ids]);
  const words = "optOut" in scope
    ? `Mute ${optOutText(scope.optOut)}`
    : ids.size === 1
    ? "Mute this notification"
    : "Mute these notifications";
  return { words, url: `${baseUrl}/mute/${unsubscribeToken}` };
}
