import assert from "node:assert/strict";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { type Email, PermanentFailure, TemporaryFailure } from "../domain/email.ts";
import { smtpSender } from "./smtp.ts";

const from = "Callboard <notifications@callboard.example>";
const mailDomain = "callboard.example";
const attempt = { number: 1 };

const email: Email = {
  id: "em-1",
  to: "ada@meridian.example",
  subject: "Redelivery Requested: Harbour Lights 🎭 أضواء (SR-48213)",
  text: "Audio drift from 00:42:10\nاطلب 🎭\n",
  html: "<p>Audio drift from 00:42:10 &amp; اطلب 🎭</p>",
  headers: {
    "List-Id": "<meridian-post.callboard.example>",
    "List-Unsubscribe": "<https://callboard.example/mute/token>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "References": "<thread@callboard.example>",
    "X-Callboard-Event-Types": "source-request.redelivery-requested, source-request.comment-added",
  },
};

interface Received {
  recipients: string[];
  message: string;
}

/** Runs a real SMTP server on loopback; what it accepts is `received`. */
async function withServer(
  options: SMTPServerOptions,
  test: (url: string, received: Received[]) => Promise<void>,
): Promise<void> {
  const received: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    onData(stream, session, done) {
      text(stream).then((message) => {
        received.push({
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          message,
        });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => {}); // A client that hangs up is part of the tests.
  const listener = server.listen(0, "127.0.0.1");
  await new Promise((listening) => listener.once("listening", listening));
  const { port } = listener.address() as AddressInfo;
  try {
    await test(`smtp://127.0.0.1:${port}`, received);
  } finally {
    await new Promise<void>((closed) => server.close(closed));
  }
}

function reply(responseCode: number): Error {
  return Object.assign(new Error(`${email.to} says no`), { responseCode });
}

/** What became of one attempt at a server with these options. */
async function failureAt(options: SMTPServerOptions, changes: Partial<Email> = {}) {
  let thrown: unknown;
  await withServer(options, async (url) => {
    const send = smtpSender({ url, from, mailDomain });
    thrown = await send({ ...email, ...changes }, attempt).then(() => undefined, (error) => error);
  });
  assert.ok(thrown instanceof TemporaryFailure || thrown instanceof PermanentFailure);
  assert.ok(!thrown.message.includes("meridian"), thrown.message);
  return thrown;
}

/** A header of a raw message, unfolded and with its encoded words decoded. */
function headerOf(message: string, name: string): string | undefined {
  const [head = ""] = message.split("\r\n\r\n");
  const unfolded = head.replaceAll("?=\r\n =?UTF-8?Q?", "").replace(/\r\n[ \t]+/g, " ");
  const lines = unfolded.split("\r\n").map((line) => line.split(/: (.*)/));
  const value = lines.find(([each]) => each!.toLowerCase() === name.toLowerCase())?.[1];
  return value?.replace(
    /=\?UTF-8\?Q\?(.*?)\?=/g,
    (_, word: string) => decoded(word.replaceAll("_", " ")),
  );
}

/** Quoted-printable text as it was before. */
function decoded(quoted: string): string {
  const joined = quoted.replaceAll("=\r\n", "").replaceAll("%", "%25");
  return decodeURIComponent(joined.replace(/=([0-9A-F]{2})/g, "%$1")).replaceAll("\r\n", "\n");
}

Deno.test("an SMTP server gets the whole email", () =>
  withServer({}, async (url, received) => {
    const id = await smtpSender({ url, from, mailDomain })(email, attempt);
    assert.equal(id, "<em-1@callboard.example>");
    assert.deepEqual(received.map(({ recipients }) => recipients), [[email.to]]);
    const { message } = received[0]!;
    const expected = { ...email.headers, "Message-ID": id, From: from, Subject: email.subject };
    for (const [name, value] of Object.entries(expected)) {
      assert.equal(headerOf(message, name), value);
    }
    const [, plain, html] = message.split(/^----_.*$/m).map(decoded);
    assert.ok(plain!.includes("Content-Type: text/plain") && plain!.endsWith(`${email.text}\n`));
    assert.ok(html!.includes("Content-Type: text/html") && html!.endsWith(`${email.html}\n`));
  }));

for (const status of [550, 552, 554]) {
  Deno.test(`an address that an SMTP server refuses with ${status} is refused for good`, async () => {
    const thrown = await failureAt({ onRcptTo: (_address, _session, done) => done(reply(status)) });
    assert.ok(thrown instanceof PermanentFailure);
    assert.equal(thrown.message, `The SMTP server answered ${status} to RCPT TO`);
  });
}

Deno.test("an email that an SMTP server refuses after reading it is refused for good", async () => {
  const thrown = await failureAt({
    onData: (stream, _session, done) => void text(stream).then(() => done(reply(554))),
  });
  assert.ok(thrown instanceof PermanentFailure);
  assert.equal(thrown.message, "The SMTP server answered 554 to DATA");
});

Deno.test("an email goes to one mailbox, never to a list of them", () =>
  withServer({}, async (url, received) => {
    const send = smtpSender({ url, from, mailDomain });
    const to = "ada@meridian.example, eve@elsewhere.example";
    await assert.rejects(send({ ...email, to }, attempt), PermanentFailure);
    assert.deepEqual(received, []);
  }));

for (const status of [421, 450, 452]) {
  Deno.test(`an answer of ${status} from an SMTP server leaves the email for later`, async () => {
    const thrown = await failureAt({ onRcptTo: (_address, _session, done) => done(reply(status)) });
    assert.ok(thrown instanceof TemporaryFailure);
  });
}

Deno.test("wrong credentials or a refused sender are no fault of the recipient", async () => {
  const refusals: SMTPServerOptions[] = [
    { authOptional: false },
    { onMailFrom: (_address, _session, done) => done(reply(550)) },
    { onRcptTo: (_address, _session, done) => done(reply(530)) },
    { onConnect: (_session, done) => done(reply(554)) },
  ];
  for (const refusal of refusals) {
    assert.ok(await failureAt(refusal) instanceof TemporaryFailure);
  }
  await withServer({ onAuth: (_auth, _session, done) => done(reply(535)) }, async (url) => {
    const withPassword = url.replace("//", "//callboard:wrong@");
    const send = smtpSender({ url: withPassword, from, mailDomain });
    await assert.rejects(send(email, attempt), {
      name: "TemporaryFailure",
      message: "The SMTP server answered 535 to AUTH PLAIN",
    });
  });
});

Deno.test("an SMTP server that says nothing or is not there leaves the email for later", async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => void sockets.push(socket));
  await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
  const { port } = silent.address() as AddressInfo;
  const send = smtpSender({ url: `smtp://127.0.0.1:${port}`, from, mailDomain, timeout: 250 });
  await assert.rejects(send(email, attempt), {
    name: "TemporaryFailure",
    message: "The SMTP server was not reached (ETIMEDOUT)",
  });
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => silent.close(closed));
  await assert.rejects(send(email, attempt), TemporaryFailure);
});
