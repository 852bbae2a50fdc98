import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";

// What Mailgun answers: the two endpoints of its API that this product calls.

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** One sending domain, its key and what it accepted so far. */
export interface Mailbox {
  apiKey: string;
  domain: string;
  messages: Message[];
  /** Hears of everything that is asked here, before it is answered. */
  onRequest?: ((heard: Heard) => void) | undefined;
}

/** A message that was accepted: the fields of the form, as they were posted. */
export type Message = Record<string, string>;

/** A message that was posted and perhaps accepted, or one that somebody wanted to know about; ids as in Message-Id. */
export type Heard =
  & ({ posted: string; accepted: Message | null } | { askedAbout: string })
  & { door?: number };

/** The messages that were accepted. */
export function acceptedIn(log: Heard[]): Message[] {
  return log.flatMap((heard) => "accepted" in heard && heard.accepted ? [heard.accepted] : []);
}

/** A request, as far as an answer depends on it. */
export interface Asked {
  address: URL;
  authorization: string | undefined;
  /** What was posted; null where nothing was. */
  form: Message | null;
}

/** The answer of the API to one request; an accepted message joins the mailbox. */
export function answerTo(mailbox: Mailbox, { address, authorization, form }: Asked): Answer {
  const { apiKey, domain } = mailbox;
  const credentials = `Basic ${Buffer.from(`api:${apiKey}`).toString("base64")}`;
  if (authorization !== credentials) return { status: 401, body: "Forbidden" };
  const [, version, named, endpoint] = address.pathname.split("/").map(decodeURIComponent);
  if (version !== "v3" || named !== domain) return problem(404, `Domain not found: ${named}`);
  if (form && endpoint === "messages") return accept(mailbox, form);
  if (!form && endpoint === "events") return events(mailbox, address);
  return problem(404, "Not Found");
}

/** The fields of the form that a request posts; null where it posts nothing. */
export async function formOf(request: IncomingMessage): Promise<Message | null> {
  if (request.method !== "POST") return null;
  const body = await new Response(Readable.toWeb(request), {
    headers: { "content-type": request.headers["content-type"] ?? "" },
  }).formData();
  return Object.fromEntries([...body].map(([name, value]) => [name, String(value)]));
}

function accept({ messages, domain, onRequest }: Mailbox, form: Message): Answer {
  const missing = ["from", "to", "subject", "text"].find((name) => !form[name]);
  if (missing) return problem(400, `${missing} parameter is missing`);
  const refused = ["from", "to"].find((name) => !/^[^@]*[^\s@]@[^\s@]+$/.test(form[name]!));
  if (refused) {
    return problem(
      400,
      `'${refused}' parameter is not a valid address. please check documentation`,
    );
  }
  const id = form["h:Message-Id"] ?? `<${crypto.randomUUID()}@${domain}>`;
  const accepted = { ...form, "h:Message-Id": id };
  messages.push(accepted);
  onRequest?.({ posted: id, accepted });
  return { status: 200, body: { id, message: "Queued. Thank you." } };
}

function events({ messages, domain, onRequest }: Mailbox, address: URL): Answer {
  onRequest?.({ askedAbout: `<${address.searchParams.get("message-id")}>` });
  const items = messages.map(acceptedEvent).filter(({ event, message }) =>
    among(address, "event", event) && among(address, "message-id", message.headers["message-id"])
  );
  const page = `${address.origin}/v3/${domain}/events/page`;
  const paging = { next: page, previous: page, first: page, last: page };
  return { status: 200, body: { items: items.toReversed(), paging } };
}

function among(address: URL, filter: string, value: string): boolean {
  const wanted = address.searchParams.get(filter);
  return wanted === null || wanted === value;
}

function acceptedEvent(form: Message, index: number) {
  const { to = "", from = "", subject = "" } = form;
  const variables = Object.entries(form).filter(([name]) => name.startsWith("v:"));
  return {
    event: "accepted",
    id: String(index),
    timestamp: index,
    recipient: to,
    message: {
      headers: { "message-id": form["h:Message-Id"]!.replace(/^<|>$/g, ""), to, from, subject },
    },
    "user-variables": Object.fromEntries(
      variables.map(([name, value]) => [name.slice("v:".length), value]),
    ),
  };
}

function problem(status: number, message: string): Answer {
  return { status, body: { message } };
}
