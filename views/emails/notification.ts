import type { ComposedEmail, OrderedEmail, Told } from "./composed.ts";
import { inTellingOrder, requestStates } from "../../domain/requests.ts";
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

/** In bytes on their way, both parts together; mailboxes clip what is longer. The headers need the rest of 100 KB. */
const largest = 96_000;
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
  return { requests, items: inTellingOrder(requests) };
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
  // No UTF-16 unit takes more than three bytes, and no byte more than three characters.
  if ((text.length + html.length) * 9 <= largest) return true;
  return bytesOnTheWay(text) + bytesOnTheWay(html) <= largest;
}

/** How long a part is at most as quoted-printable, which costs some scripts much more than base64 would; the sender decides. */
function bytesOnTheWay(part: string): number {
  const bytes = new TextEncoder().encode(part);
  const escaped = bytes.reduce((sum, byte) => sum + (byte > 126 || byte === 61 ? 1 : 0), 0);
  // A soft line break for every 75 characters at most, or sooner where an escape would be torn apart.
  return Math.ceil((bytes.length + 2 * escaped) * 1.045);
}
