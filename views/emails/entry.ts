import { eventType, type Field } from "../../domain/catalogue.ts";
import { valueLabel } from "../../domain/sentences.ts";
import type { OrderedEmail, Reason, Told } from "./composed.ts";
import { dateText, instantText, type Viewpoint } from "./dates.ts";
import type { RequestState } from "../../domain/requests.ts";
import { labelOf, oneLine, paragraphs } from "./words.ts";

/** Where a request stands, put into words: its newest event, and what came before. */
export interface Entry {
  label: string;
  /** Whether the newest event itself asks for action. */
  urgent: boolean;
  /** What was asked earlier and is not settled: "Still open: Redelivery Requested, due Tue 24 Nov". */
  stillOpen: string[];
  /** "Due Tue 24 Nov, previous due Fri 20 Nov"; null without any date. */
  dates: string | null;
  summary: string | null;
  /** What else the event says, for mail that has the room: "Language: Korean · Reason: Audio sync". */
  facts: string | null;
  /** Where it comes from, or where we say more of it. */
  url: string;
  /** What the link says where it stands alone. */
  open: string;
  happened: string;
  earlier: Earlier | null;
  whys: Why[];
  moreWhys: number;
}

/** Events of the same request before the newest one; the link leads to all of them. */
export interface Earlier {
  /** "4 earlier". */
  amount: string;
  /** "Comment Added ×2, Source Delivered, Source Request Created": the newest first. */
  labels: string;
  url: string;
}

/** Why an email was sent: a notification, and where to see and to mute it. */
export interface Why {
  sentence: string;
  url: string;
  muteUrl: string | null;
}

const longestSummary = 2000;
const longestSentence = 240;
const mostWhys = { immediately: 20, hourly: 5, daily: 5, weekly: 5 };

export function entryOf(email: OrderedEmail, request: RequestState<Told>): Entry {
  const { frequency, viewpoint } = email;
  const { newest: { event }, open } = request;
  const { summary } = event.data;
  const reasons = reasonsOf(request);
  const shown = reasons.slice(0, mostWhys[frequency]);
  const asked = open.filter((item) => item !== request.newest);
  return {
    label: labelOf(event),
    urgent: asked.length < open.length,
    stillOpen: asked.map((item) => stillOpenText(item, viewpoint)),
    dates: datesText(event, viewpoint),
    summary: paragraphs(summary ?? "", longestSummary) || null,
    facts: frequency === "immediately" ? factsText(event) : null,
    url: urlOf(request) ?? `${email.baseUrl}/events/${event.seq}`,
    open: event.subject ? `Open ${oneLine(event.subject)}` : "Open it",
    happened: instantText(event.time, viewpoint),
    earlier: earlierOf(email, request),
    whys: shown.map((reason) => whyOf(email, reason)),
    moreWhys: reasons.length - shown.length,
  };
}

/** The reason with its links; the one that mutes is there where the email was given one. */
export function whyOf({ baseUrl, muteLinks }: OrderedEmail, { id, sentence }: Reason): Why {
  const link = muteLinks.get(id);
  return {
    sentence: oneLine(sentence, longestSentence),
    url: `${baseUrl}/notifications/${id}`,
    muteUrl: link === undefined ? null : `${baseUrl}/mute/${link}`,
  };
}

/** Where the request is to be seen, as its newest event says that says so. */
function urlOf({ newest, earlier }: RequestState<Told>): string | undefined {
  const urls = [newest, ...earlier].map(({ event }) => event.data.url);
  const url = urls.find((each) => each !== undefined && /^https?:\/\//i.test(each));
  return url && oneLine(url, 2000);
}

/** The reasons of everything that is told of the request, each once, those of the newest event first. */
function reasonsOf({ newest, earlier }: RequestState<Told>): Reason[] {
  if (earlier.length === 0) return newest.reasons;
  const all = [newest, ...earlier].flatMap(({ reasons }) => reasons);
  return [...new Map(all.map((reason) => [reason.id, reason])).values()];
}

function stillOpenText({ event }: Told, viewpoint: Viewpoint): string {
  const due = dateText(event.data.due, viewpoint);
  return `Still open: ${labelOf(event)}${due ? `, due ${due}` : ""}`;
}

function earlierOf(
  { baseUrl, emailId }: OrderedEmail,
  { newest, earlier }: RequestState<Told>,
): Earlier | null {
  if (earlier.length === 0) return null;
  const byLabel = Map.groupBy(earlier, ({ event }) => labelOf(event));
  const labels = [...byLabel].map(([label, { length }]) =>
    length === 1 ? label : `${label} ×${length}`
  );
  return {
    amount: `${earlier.length} earlier`,
    labels: labels.join(", "),
    url: `${baseUrl}/emails/${emailId}?event=${newest.event.seq}#event-${newest.event.seq}`,
  };
}

function datesText(event: Told["event"], viewpoint: Viewpoint): string | null {
  const dates = fieldsOf(event).filter(([, field]) => field.kind === "date").flatMap(
    ([name, { label }]) => {
      const date = dateText(event.data[name], viewpoint);
      return date ? [`${label} ${date}`] : [];
    },
  );
  return dates.length > 0 ? capitalized(dates.join("; ")) : null;
}

function factsText(event: Told["event"]): string | null {
  const facts = fieldsOf(event).filter(([name, { kind }]) =>
    kind !== "date" && kind !== "title" && event.data[name] !== undefined
  ).map(([name, field]) =>
    `${capitalized(field.label)}: ${valueLabel(field, oneLine(String(event.data[name]), 200))}`
  );
  return facts.join(" · ") || null;
}

/** The fields that the catalogue lists for the type; of a type that left it, the deadline. */
function fieldsOf({ type }: Told["event"]): [string, Field][] {
  return Object.entries(eventType(type)?.fields ?? { due: { label: "due", kind: "date" } });
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
