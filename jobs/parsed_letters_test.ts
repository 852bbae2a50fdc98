import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import type { ComposedEmail } from "../views/emails/composed.ts";
import {
  acceptedEvent,
  commentEvent,
  emailOf,
  event,
  redeliveryEvent,
  told,
} from "../views/emails/testing_cast.ts";
import { smtpSender } from "./smtp.ts";

// Our emails as a mail program reads them: rendered, handed to a real SMTP server, and taken apart by mailparser.

const mailDomain = "callboard.example";
const from = `Callboard <notifications@${mailDomain}>`;

/** The emails as they arrive, in order, and how many bytes each took. */
async function arrived(...letters: ReturnType<typeof emailOf>[]) {
  const messages: Promise<{ mail: ParsedMail; bytes: number }>[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    onData(stream, _session, done) {
      messages.push(parsed(stream));
      messages.at(-1)!.then(() => done(), done);
    },
  });
  const listener = server.listen(0, "127.0.0.1");
  await new Promise((listening) => listener.once("listening", listening));
  const { port } = listener.address() as AddressInfo;
  const send = smtpSender({ url: `smtp://127.0.0.1:${port}`, from, mailDomain });
  try {
    for (const [index, letter] of letters.entries()) {
      await send({ id: `em-${index}`, to: "ada@lumen.example", ...letter }, { number: 1 });
    }
    return await Promise.all(messages);
  } finally {
    await new Promise<void>((closed) => server.close(closed));
  }
}

async function parsed(stream: AsyncIterable<Uint8Array>) {
  const source = new Uint8Array(await new Response(ReadableStream.from(stream)).arrayBuffer());
  const mail = await simpleParser(new TextDecoder().decode(source), { skipTextToHtml: true });
  return { mail, bytes: source.length };
}

const items = [told(commentEvent), told(redeliveryEvent), told(acceptedEvent)];
const at = (frequency: ComposedEmail["frequency"], ...of: typeof items) =>
  emailOf(of, { frequency });

/** A header as it is written, in one line. */
function lineOf(mail: ParsedMail, name: string): string | undefined {
  const found = mail.headerLines.find(({ key }) => key === name.toLowerCase());
  return found?.line.replace(/\r?\n\s*/g, " ").slice(name.length + 1).trim();
}

Deno.test("both parts and every header of an email arrive as they were rendered", async () => {
  const letters = [at("daily", ...items), at("immediately", ...items.slice(1, 2))];
  for (const [index, { mail }] of (await arrived(...letters)).entries()) {
    const { subject, text, html, headers } = letters[index]!;
    deepEqual([mail.subject, mail.html], [subject, html]);
    equal(mail.text?.trimEnd(), text.trimEnd());
    for (const [name, value] of Object.entries(headers)) equal(lineOf(mail, name), value, name);
    equal(mail.from?.text, '"Callboard" <notifications@callboard.example>');
    equal(mail.messageId, `<em-${index}@callboard.example>`);
    deepEqual(mail.attachments, []);
  }
});

Deno.test("a mail program finds how to unsubscribe with one click, and what the list is", async () => {
  const [daily] = await arrived(at("daily", ...items));
  const { mail } = daily!;
  deepEqual(mail.headers.get("list"), {
    id: { name: "meridian-post.mg.callboard.example" },
    unsubscribe: { url: "https://callboard.example/mute/token-all" },
    "unsubscribe-post": { name: "List-Unsubscribe=One-Click" },
  });
  equal(lineOf(mail, "List-Id"), "<meridian-post.mg.callboard.example>");
});

Deno.test("immediate mail about one request is one thread, digests are none", async () => {
  const [first, second, other, daily] = await arrived(
    at("immediately", told(redeliveryEvent)),
    at("immediately", told(commentEvent)),
    at("immediately", told(acceptedEvent)),
    at("daily", ...items),
  );
  ok(first!.mail.references);
  deepEqual(second!.mail.references, first!.mail.references);
  ok(other!.mail.references !== first!.mail.references);
  equal(daily!.mail.references, undefined);
});

const strange = [
  ["line breaks", "Lights\r\nBcc: everybody@elsewhere.example\n\u2028over"],
  ["right-to-left text", "أضواء الميناء \u202Eתכנית\u202C"],
  ["characters beyond the basic plane", "👩‍👩‍👧‍👦 𝕳𝖆𝖗𝖇𝖔𝖚𝖗 🎭".repeat(12)],
  ["half a character", "Lights \ud83c"],
] as const;

for (const [what, name] of strange) {
  Deno.test(`a title with ${what} changes no header and arrives readable`, async () => {
    const odd = event(1, "source-request.redelivery-requested", {
      title: { id: name, name },
      summary: name,
    }, `SR-1 ${name}`);
    const letters = [at("immediately", told(odd)), at("daily", told(odd))];
    for (const [index, { mail }] of (await arrived(...letters)).entries()) {
      const letter = letters[index]!;
      equal(mail.subject, letter.subject);
      doesNotMatch(letter.subject, /[\p{Cc}\p{Zl}\p{Zp}]/u);
      deepEqual([mail.bcc, mail.cc], [undefined, undefined]);
      deepEqual(mail.headerLines.filter(({ key }) => key === "subject").length, 1);
      equal(mail.html, letter.html);
      ok(mail.text!.isWellFormed() && mail.text!.includes(name.toWellFormed().slice(0, 6)));
      match(letter.headers["X-Callboard-Titles"]!, /^[ -~]+$/);
    }
  });
}

const longest = {
  "of as many requests": { summary: "Is the M&E needed?", name: "Harbour Lights" },
  "in Arabic": { summary: "هل نحتاج إلى الموسيقى والمؤثرات؟\n", name: "أضواء الميناء" },
  "full of signs that are escaped": { summary: "=&<\"'=".repeat(30), name: "==&&" },
};

for (const [what, { summary, name }] of Object.entries(longest)) {
  Deno.test(`a digest of 50,000 events ${what} stays under 100 KB on its way`, async () => {
    const many = Array.from({ length: 50_000 }, (_, index) => {
      const url = `https://upstream.example/requests/SR-${index}`;
      const data = { title: { id: `${index % 900}`, name }, url, summary };
      return told(event(index, "source-request.comment-added", data, `SR-${index}`));
    });
    const [daily] = await arrived(at("daily", ...many));
    match(daily!.mail.text!, /and \d+ more:/);
    ok(daily!.bytes < 100_000 && daily!.bytes > 40_000, `${daily!.bytes} bytes`);
  });
}
