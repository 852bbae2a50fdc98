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
}

/** A message that was accepted: the fields of the form, as they were posted. */
export type Message = Record<string, string>;

/** The answer of the API to one request; an accepted message joins the mailbox. */
export async function answerTo(
  mailbox: Mailbox,
  request: IncomingMessage,
  address: URL,
): Promise<Answer> {
  const { apiKey, domain } = mailbox;
  const credentials = `Basic ${Buffer.from(`api:${apiKey}`).toString("base64")}`;
  if (request.headers.authorization !== credentials) return { status: 401, body: "Forbidden" };
  const [, version, named, endpoint] = address.pathname.split("/").map(decodeURIComponent);
  if (version !== "v3" || named !== domain) return problem(404, `Domain not found: ${named}`);
  if (request.method === "POST" && endpoint === "messages") {
    return accept(mailbox, Object.fromEntries(await fieldsOf(request)));
  }
  if (request.method === "GET" && endpoint === "events") return events(mailbox, address);
  return problem(404, "Not Found");
}

async function fieldsOf(request: IncomingMessage): Promise<[string, string][]> {
  const body = await new Response(Readable.toWeb(request), {
    headers: { "content-type": request.headers["content-type"] ?? "" },
  }).formData();
  return [...body].map(([name, value]) => [name, String(value)]);
}

function accept({ messages, domain }: Mailbox, form: Message): Answer {
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
  messages.push({ ...form, "h:Message-Id": id });
  return { status: 200, body: { id, message: "Queued. Thank you." } };
}

function events({ messages, domain }: Mailbox, address: URL): Answer {
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
