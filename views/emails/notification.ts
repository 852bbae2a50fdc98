import type { ComposedEmail, OrderedEmail, Told } from "./composed.ts";
import { requestStates } from "../../domain/requests.ts";
import { withoutConfidentialNames } from "./confidential.ts";
import { viewpointAt } from "./dates.ts";
import { headersOf } from "./headers.ts";
import { htmlOf } from "./html.tsx";
import { letterOf } from "./letter.ts";
import { subjectOf } from "./subject.ts";
import { textOf } from "./text.ts";

export interface RenderedEmail {
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

/** In UTF-8 bytes, both parts together; mailboxes clip what is longer. */
const largest = 98_000;
/** More requests than this never fit, however little there is to say of them. */
const mostRequests = 400;

/** The email that tells these events, immediate mail and digests alike. What does not fit is counted and linked. */
export function notificationEmail(composed: ComposedEmail): RenderedEmail {
  const { items, composedAt, reader } = composed;
  const viewpoint = viewpointAt(composedAt, reader.zone);
  const email = { ...composed, ...inOrder(items), viewpoint };
  return { subject: subjectOf(email), headers: headersOf(email), ...partsThatFit(email) };
}

/** The subject line that an email of these items has. */
export function subjectFor(
  { items, frequency, composedAt, dueAt, zone }:
    & Pick<ComposedEmail, "items" | "frequency" | "composedAt" | "dueAt">
    & { zone: string },
): string {
  const viewpoint = viewpointAt(composedAt, zone);
  return subjectOf({ ...inOrder(items), frequency, composedAt, dueAt, viewpoint });
}

/** The items in the order in which to tell them, and as a mailbox may hold them. */
function inOrder(items: Told[]): Pick<OrderedEmail, "items" | "requests"> {
  const requests = requestStates(withoutConfidentialNames(items));
  return { requests, items: requests.flatMap(({ newest, earlier }) => [newest, ...earlier]) };
}

function partsThatFit(email: OrderedEmail): Parts {
  const most = Math.min(email.requests.length, mostRequests);
  const all = partsOf(email, most);
  if (fits(all)) return all;
  let best = partsOf(email, 1);
  let [fitting, tooMany] = [1, most];
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    const parts = partsOf(email, middle);
    if (fits(parts)) [best, fitting] = [parts, middle];
    else tooMany = middle;
  }
  return best;
}

type Parts = Pick<RenderedEmail, "text" | "html">;

function partsOf(email: OrderedEmail, most: number): Parts {
  const letter = letterOf(email, most);
  return { text: textOf(letter), html: htmlOf(letter) };
}

function fits({ text, html }: Parts): boolean {
  // No character takes more than three bytes for each of its UTF-16 units.
  if ((text.length + html.length) * 3 <= largest) return true;
  const encoder = new TextEncoder();
  return encoder.encode(text).length + encoder.encode(html).length <= largest;
}
