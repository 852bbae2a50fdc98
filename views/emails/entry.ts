import { eventType, type Field } from "../../domain/catalogue.ts";
import { valueLabel } from "../../domain/sentences.ts";
import type { OrderedEmail, Reason, Told } from "./composed.ts";
import { dateText, instantText, type Viewpoint } from "./dates.ts";
import { isUrgent } from "./order.ts";
import { labelOf, oneLine, paragraphs } from "./words.ts";

/** One event, put into words. */
export interface Entry {
  label: string;
  urgent: boolean;
  /** "Due Tue 24 Nov, previous due Fri 20 Nov"; null without any date. */
  dates: string | null;
  summary: string | null;
  /** What else the event says, for mail that has the room: "Language: Korean · Reason: Audio sync". */
  facts: string | null;
  url: string | null;
  /** What the link says where it stands alone. */
  open: string;
  happened: string;
  whys: Why[];
  moreWhys: number;
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

export function entryOf(email: OrderedEmail, { event, reasons }: Told): Entry {
  const { frequency, viewpoint } = email;
  const { summary, url } = event.data;
  const shown = reasons.slice(0, mostWhys[frequency]);
  return {
    label: labelOf(event),
    urgent: isUrgent(event),
    dates: datesText(event, viewpoint),
    summary: paragraphs(summary ?? "", longestSummary) || null,
    facts: frequency === "immediately" ? factsText(event) : null,
    url: url && /^https?:\/\//i.test(url) ? oneLine(url, 2000) : null,
    open: event.subject ? `Open ${oneLine(event.subject)}` : "Open it",
    happened: instantText(event.time, viewpoint),
    whys: shown.map((reason) => whyOf(email, reason)),
    moreWhys: reasons.length - shown.length,
  };
}

/** The reason with its links; the one that mutes is there where the email was given a token for it. */
export function whyOf({ baseUrl, muteTokens }: OrderedEmail, { id, sentence }: Reason): Why {
  const token = muteTokens.get(id);
  return {
    sentence: oneLine(sentence, longestSentence),
    url: `${baseUrl}/notifications/${id}`,
    muteUrl: token === undefined ? null : `${baseUrl}/mute/${token}`,
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
