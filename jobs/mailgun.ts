import Mailgun from "mailgun.js";
import * as z from "zod";
import {
  type Email,
  NotAccepted,
  PermanentFailure,
  type SendEmail,
  TemporaryFailure,
} from "../domain/email.ts";
import { TextForm } from "./text_form.ts";

export interface MailgunOptions {
  apiKey: string;
  domain: string;
  /** https://api.mailgun.net, or https://api.eu.mailgun.net in the EU. */
  url: string;
  /** The From header. */
  from: string;
  /** For each request, in milliseconds. */
  timeout?: number;
}

type Client = ReturnType<Mailgun["client"]>;
type Provider = Client["request"]["requestProvider"];

/** Sends by Mailgun, which has no idempotency key: before a further attempt its Events API is asked about the first. */
export function mailgunSender(options: MailgunOptions): SendEmail {
  const { apiKey, domain, url, from, timeout = 30_000 } = options;
  const client = new Mailgun(TextForm).client({ username: "api", key: apiKey, url });
  client.request.requestProvider = fetchProvider(apiKey, timeout);
  return async (email, attempt) => {
    const messageId = `<${email.id}@${domain}>`;
    if (attempt.number > 1 && await wasAccepted(client, domain, messageId)) return messageId;
    if (attempt.asksOnly) throw new NotAccepted();
    const { id } = await client.messages.create(domain, messageOf(email, from, messageId));
    return id ?? messageId;
  };
}

function messageOf(email: Email, from: string, messageId: string) {
  const { id, to, subject, text, html, headers } = email;
  const named: Record<`h:${string}`, string> = {};
  for (const name in headers) named[`h:${name}`] = headers[name]!;
  return {
    from,
    to,
    subject,
    text,
    html,
    ...named,
    "h:Message-Id": messageId,
    "v:email-id": id,
    "o:tracking": "no" as const,
    "o:tracking-clicks": "no" as const,
    "o:tracking-opens": "no" as const,
  };
}

const eventsPage = z.object({ items: z.array(z.unknown()) });

async function wasAccepted(client: Client, domain: string, messageId: string): Promise<boolean> {
  // Not `client.events.get`: it is deprecated in favour of the logs, which not every plan of Mailgun keeps, and says so at each call.
  const query = [["event", "accepted"], ["message-id", messageId.slice(1, -1)], ["limit", "1"]];
  const { body } = await client.request.get(`/v3/${domain}/events`, { searchParams: query });
  const page = eventsPage.safeParse(body);
  // Without a readable answer nothing is known, and what is not known must not be sent twice.
  if (!page.success) {
    throw new TemporaryFailure("Mailgun answered with an unreadable list of events");
  }
  return page.data.items.length > 0;
}

/** Carries the client's requests. Its own provider reports a dead line as status 400, like a bad address, and drops `Retry-After`. */
function fetchProvider(apiKey: string, timeout: number): Provider {
  const authorization = `Basic ${btoa(`api:${apiKey}`)}`;
  return {
    async makeRequest(url, method, request) {
      const { params, data } = requestParts.parse(request);
      const address = params ? `${url}?${params}` : url;
      const { body, type } = data ? data.multipart() : {};
      const headers = { authorization, ...type ? { "content-type": type } : {} };
      const signal = AbortSignal.timeout(timeout);
      try {
        const response = await fetch(address, { method, headers, body: body ?? null, signal });
        if (!response.ok) throw failureOf(response, await response.text());
        return { status: response.status, body: await response.json() };
      } catch (error) {
        throw isFailure(error) ? error : unreachable(error);
      }
    },
    setSubAccountHeader() {},
    resetSubAccountHeader() {},
  };
}

/** The query and the form of a request, as the client hands them to its provider. */
const requestParts = z.object({
  params: z.instanceof(URLSearchParams).optional(),
  data: z.instanceof(TextForm).optional(),
});

function isFailure(error: unknown): boolean {
  return error instanceof TemporaryFailure || error instanceof PermanentFailure;
}

/** The kind of failure and the status; never the words of the answer, which may quote addresses. */
function failureOf({ status, headers }: Response, body: string): Error {
  const parameter = body.match(/'?\b(\w+)'? parameter /)?.[1];
  const about = parameter ? ` about the parameter "${parameter}"` : "";
  const message = `Mailgun answered ${status}${about}`;
  // A refused sender, key or domain is for the operator to mend, and then the email can go.
  const refused = [400, 413, 422].includes(status) && parameter !== "from";
  return refused
    ? new PermanentFailure(message, parameter === "to")
    : new TemporaryFailure(message, retryAfter(headers));
}

/** Seconds; a date counts from the date of the answer. Undefined where neither can be read. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const seconds = (Date.parse(value) - Date.parse(headers.get("date") ?? "")) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
}

function unreachable(error: unknown): TemporaryFailure {
  const timedOut = error instanceof DOMException && error.name === "TimeoutError";
  return new TemporaryFailure(
    timedOut ? "Mailgun did not answer in time" : "Mailgun was not reached",
  );
}
