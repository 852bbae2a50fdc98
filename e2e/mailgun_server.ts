import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type Answer,
  answerTo,
  type Asked,
  formOf,
  type Heard,
  type Mailbox,
  type Message,
} from "./mailgun_api.ts";

// A Mailgun on loopback: real requests, real failures, and no mail.

/** What goes wrong with one request: whether it takes effect first, and how it ends. */
export interface Failure {
  accepts: boolean;
  then: number | "hang" | "drop";
  headers?: Record<string, string>;
  /** The `message` of the JSON answer. */
  message?: string;
  /** Which endpoint it waits for; the one for messages unless it says so. */
  on?: "messages" | "events";
}

export interface MailgunOptions {
  apiKey: string;
  domain: string;
  /** Where to listen; a free port unless it is named. */
  port?: number;
  /** What was accepted before. */
  messages?: Message[];
  onRequest?: (heard: Heard) => void;
  /** Hears of a failure once a request meets it. */
  onFailure?: (failure: Failure) => void;
}

export interface MailgunServer {
  url: string;
  messages: Message[];
  /** The next request to that endpoint fails; called twice, so do the next two. */
  failNext: (failure: Failure) => void;
  stop: () => Promise<void>;
}

/** Starts the server. */
export async function startMailgun(
  { port = 0, messages = [], onFailure, ...options }: MailgunOptions,
): Promise<MailgunServer> {
  const mailbox: Mailbox = { ...options, messages };
  const failures: Failure[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = await readRequest(request);
    const failure = takeFailure(failures, asked.address);
    const answer = failure?.accepts === false
      ? noteRefused(mailbox, asked)
      : answerTo(mailbox, asked);
    if (failure) onFailure?.(failure);
    if (failure) fail(failure, response);
    else if (answer) reply(answer, response);
  };
  const server = createServer((request, response) =>
    serve(request, response).catch((error) => {
      // Whoever died while asking has not asked.
      if (error.code !== "ECONNRESET") throw error;
    })
  );
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    messages,
    failNext: (failure) => void failures.push(failure),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(request: IncomingMessage): Promise<Asked> {
  return {
    address: new URL(request.url!, "http://loopback"),
    authorization: request.headers.authorization,
    form: await formOf(request),
  };
}

function noteRefused({ onRequest }: Mailbox, { form }: Asked): undefined {
  if (form) onRequest?.({ posted: form["h:Message-Id"]!, accepted: null });
}

function takeFailure(failures: Failure[], address: URL): Failure | undefined {
  const index = failures.findIndex(({ on = "messages" }) => address.pathname.endsWith(`/${on}`));
  return index < 0 ? undefined : failures.splice(index, 1)[0];
}

function fail({ then, headers, message }: Failure, response: ServerResponse): void {
  if (then === "hang") return;
  if (then === "drop") return void response.destroy();
  reply({ status: then, headers: headers ?? {}, body: { message: message ?? "" } }, response);
}

function reply({ status, headers, body }: Answer, response: ServerResponse): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
