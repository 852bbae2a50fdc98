import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, answerTo, type Mailbox, type Message } from "./mailgun_api.ts";

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

/** Where a message is on its way: not accepted yet, accepted, answered. */
export type Moment = "asked" | "accepted" | "answered";

export interface MailgunOptions {
  apiKey: string;
  domain: string;
  /** Called at every moment of every message; where it resolves to true, the line is dead from there on. */
  onMessage?: (moment: Moment) => Promise<boolean>;
}

export interface MailgunServer {
  url: string;
  messages: Message[];
  /** The next request to that endpoint fails; called twice, so do the next two. */
  failNext: (failure: Failure) => void;
  stop: () => Promise<void>;
}

/** Starts the server on a free port. */
export async function startMailgun(
  { apiKey, domain, onMessage = () => Promise.resolve(false) }: MailgunOptions,
): Promise<MailgunServer> {
  const mailbox: Mailbox = { apiKey, domain, messages: [] };
  const failures: Failure[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const address = new URL(request.url!, "http://loopback");
    const diesAt = async (moment: Moment) => request.method === "POST" && await onMessage(moment);
    if (await diesAt("asked")) return void response.destroy();
    const failure = takeFailure(failures, address);
    const answer = failure?.accepts === false
      ? undefined
      : await answerTo(mailbox, request, address);
    if (await diesAt("accepted")) return void response.destroy();
    response.on("finish", () => diesAt("answered"));
    if (failure) fail(failure, response);
    else if (answer) reply(answer, response);
  };
  const server = createServer((request, response) =>
    serve(request, response).catch((error) => {
      // Whoever died while asking has not asked.
      if (error.code !== "ECONNRESET") throw error;
    })
  );
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    messages: mailbox.messages,
    failNext: (failure) => void failures.push(failure),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
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
