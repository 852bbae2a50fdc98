import assert from "node:assert/strict";
import { type Email, NotAccepted, PermanentFailure, TemporaryFailure } from "../domain/email.ts";
import { type Failure, type MailgunServer, startMailgun } from "../e2e/mailgun_server.ts";
import { mailgunSender } from "./mailgun.ts";

const apiKey = "key-for-the-loopback";
const domain = "mg.callboard.example";
const from = "Callboard <notifications@mg.callboard.example>";
const first = { number: 1 };
const second = { number: 2 };

const email: Email = {
  id: "em-1",
  to: "ada@meridian.example",
  subject: "Redelivery Requested: Harbour Lights 🎭 أضواء (SR-48213)",
  text: "Audio drift from 00:42:10\nاطلب 🎭",
  html: "<p>Audio drift from 00:42:10 &amp; اطلب 🎭</p>",
  headers: {
    "List-Id": "Meridian Post <meridian-post.mg.callboard.example>",
    "List-Unsubscribe": "<https://callboard.example/mute/token>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
    "Feedback-ID": "immediately:meridian-post:callboard",
    "References": "<thread@mg.callboard.example>",
    "X-Callboard-Frequency": "immediately",
    "X-Callboard-Event-Types": "source-request.redelivery-requested",
    "X-Callboard-Account": "meridian-post",
    "X-Callboard-Titles": "81234567",
  },
};

async function withMailgun(test: (server: MailgunServer) => Promise<void>): Promise<void> {
  const server = await startMailgun({ apiKey, domain });
  try {
    await test(server);
  } finally {
    await server.stop();
  }
}

function sender(
  { url }: { url: string },
  other: { apiKey?: string; domain?: string; timeout?: number } = {},
) {
  return mailgunSender({ apiKey, domain, url, from, ...other });
}

/** Does not wait long for an answer that never comes. */
function impatient(server: MailgunServer) {
  return sender(server, { timeout: 1_000 });
}

/** What became of one attempt while the server fails as told. */
async function failureAfter(failure: Failure): Promise<unknown> {
  let thrown: unknown;
  await withMailgun(async (server) => {
    server.failNext(failure);
    thrown = await sender(server)(email, first).then(() => undefined, (error) => error);
    assert.equal(server.messages.length, failure.accepts ? 1 : 0);
  });
  return thrown;
}

Deno.test("Mailgun gets the whole email, with its own Message-Id and tracking off", () =>
  withMailgun(async (server) => {
    const id = await sender(server)(email, first);
    assert.equal(id, "<em-1@mg.callboard.example>");
    const { text, ...message } = server.messages[0]!;
    assert.equal(text!.replaceAll("\r\n", "\n"), email.text);
    assert.deepEqual(message, {
      from,
      to: email.to,
      subject: email.subject,
      html: email.html,
      ...Object.fromEntries(
        Object.entries(email.headers).map(([name, value]) => [`h:${name}`, value]),
      ),
      "h:Message-Id": "<em-1@mg.callboard.example>",
      "v:email-id": "em-1",
      "o:tracking": "no",
      "o:tracking-clicks": "no",
      "o:tracking-opens": "no",
    });
  }));

Deno.test("an address that Mailgun refuses is refused for good", () =>
  withMailgun(async (server) => {
    await assert.rejects(sender(server)({ ...email, to: "nobody" }, first), (error) => {
      assert.ok(error instanceof PermanentFailure);
      assert.equal(error.message, 'Mailgun answered 400 about the parameter "to"');
      return true;
    });
  }));

Deno.test("a sender address that Mailgun refuses is no fault of the recipient", () =>
  withMailgun(async ({ url }) => {
    const misconfigured = mailgunSender({ apiKey, domain, url, from: "nobody" });
    await assert.rejects(misconfigured(email, first), TemporaryFailure);
  }));

Deno.test("a wrong key or an unknown domain leaves the email for later", () =>
  withMailgun(async (server) => {
    await assert.rejects(sender(server, { apiKey: "wrong" })(email, first), {
      name: "TemporaryFailure",
      message: "Mailgun answered 401",
    });
    await assert.rejects(sender(server, { domain: "other.example" })(email, first), {
      name: "TemporaryFailure",
      message: "Mailgun answered 404",
    });
  }));

for (const status of [402, 403, 408, 429, 500, 502, 503]) {
  Deno.test(`an answer of ${status} leaves the email for later`, async () => {
    const thrown = await failureAfter({ accepts: false, then: status });
    assert.ok(thrown instanceof TemporaryFailure);
    assert.equal(thrown.message, `Mailgun answered ${status}`);
    assert.equal(thrown.retryAfter, undefined);
  });
}

for (const status of [400, 413, 422]) {
  Deno.test(`an answer of ${status} is for good`, async () => {
    assert.ok(await failureAfter({ accepts: false, then: status }) instanceof PermanentFailure);
  });
}

Deno.test("Mailgun says how long to wait, in seconds or by a date", async () => {
  const waits = [
    [{ "retry-after": "7" }, 7],
    [{
      "retry-after": "Sat, 21 Nov 2026 10:01:30 GMT",
      "date": "Sat, 21 Nov 2026 10:00:00 GMT",
    }, 90],
    [{ "retry-after": "soon" }, undefined],
  ] as const;
  for (const [headers, seconds] of waits) {
    const thrown = await failureAfter({ accepts: false, then: 429, headers });
    assert.ok(thrown instanceof TemporaryFailure);
    assert.equal(thrown.retryAfter, seconds);
  }
});

Deno.test("a failure never quotes the address", async () => {
  const message = `${email.to} is not among the authorized recipients`;
  const thrown = await failureAfter({ accepts: false, then: 400, message });
  assert.ok(thrown instanceof PermanentFailure);
  assert.ok(!thrown.message.includes("meridian"));
});

Deno.test("a provider that cannot be reached leaves the email for later", async () => {
  const server = await startMailgun({ apiKey, domain });
  await server.stop();
  await assert.rejects(sender(server)(email, first), {
    name: "TemporaryFailure",
    message: "Mailgun was not reached",
  });
});

for (const then of [500, "hang", "drop"] as const) {
  Deno.test(`an email that Mailgun accepted before it failed (${then}) is not sent again`, () =>
    withMailgun(async (server) => {
      server.failNext({ accepts: true, then });
      await assert.rejects(impatient(server)(email, first), TemporaryFailure);
      assert.equal(await sender(server)(email, second), "<em-1@mg.callboard.example>");
      assert.equal(server.messages.length, 1);
    }));

  Deno.test(`an email that Mailgun never accepted (${then}) goes out with the second attempt`, () =>
    withMailgun(async (server) => {
      server.failNext({ accepts: false, then });
      await assert.rejects(impatient(server)(email, first), TemporaryFailure);
      await sender(server)(email, second);
      assert.equal(server.messages.length, 1);
    }));
}

Deno.test("a connection that breaks after several emails posts none of them twice", () =>
  withMailgun(async (server) => {
    const send = sender(server);
    for (const id of ["em-1", "em-2"]) await send({ ...email, id }, first);
    server.failNext({ accepts: true, then: "drop" });
    await assert.rejects(send({ ...email, id: "em-3" }, first), TemporaryFailure);
    assert.deepEqual(server.messages.map((message) => message["v:email-id"]), [
      "em-1",
      "em-2",
      "em-3",
    ]);
  }));

Deno.test("Mailgun can be asked alone, and is handed nothing then", () =>
  withMailgun(async (server) => {
    const send = sender(server);
    await assert.rejects(send(email, { number: 2, asksOnly: true }), NotAccepted);
    assert.equal(server.messages.length, 0);
    const id = await send(email, first);
    assert.equal(await send(email, { number: 2, asksOnly: true }), id);
    assert.equal(server.messages.length, 1);
  }));

Deno.test("nothing is sent again while Mailgun cannot say what it accepted", () =>
  withMailgun(async (server) => {
    for (const then of [200, 500]) {
      server.failNext({ accepts: false, then, on: "events" });
      await assert.rejects(sender(server)(email, second), TemporaryFailure);
    }
    assert.equal(server.messages.length, 0);
  }));

Deno.test("another email's acceptance does not stand in for this one's", () =>
  withMailgun(async (server) => {
    await sender(server)({ ...email, id: "em-0" }, first);
    await sender(server)(email, second);
    assert.deepEqual(server.messages.map((message) => message["v:email-id"]), ["em-0", "em-1"]);
  }));
