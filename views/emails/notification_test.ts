import assert from "node:assert/strict";
import { eventTypeIds, eventTypeLabel, type Frequency } from "../../domain/catalogue.ts";
import type { ComposedEmail, Told } from "./composed.ts";
import {
  acceptedEvent,
  baseUrl,
  commentEvent,
  comments,
  composedAt,
  emailOf,
  event,
  glassOrchard,
  harbourLights,
  redelivery,
  redeliveryEvent,
  told,
  url,
} from "./testing_cast.ts";

/** The words of an HTML document, as a reader sees them. */
function wordsOf(html: string): string {
  return unescaped(html.replace(/<style>.*<\/style>/s, "").replace(/<[^>]*>/g, " "));
}

function unescaped(html: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return html.replace(/&(lt|gt|quot|#39|amp);/g, (_, name) => entities[name]!);
}

function linksOf(html: string): string[] {
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => unescaped(href!));
}

function sizeOf({ text, html }: { text: string; html: string }): number {
  return new TextEncoder().encode(text + html).length;
}

Deno.test("the first line of an email says the whole", () => {
  const firstLines = (items: Told[], changes: Partial<ComposedEmail> = {}) => {
    const { text, html } = emailOf(items, changes);
    const [, heading] = html.match(/<h1[^>]*>([^<]*)<\/h1>/)!;
    assert.equal(heading, text.split("\n")[0]);
    return heading;
  };
  const all = [told(commentEvent), told(redeliveryEvent), told(acceptedEvent)];
  assert.equal(firstLines(all), "1 needs action, 1 for information");
  assert.equal(firstLines([told(acceptedEvent)]), "1 for information");
  assert.equal(
    firstLines(all, { catchUp: true }),
    "While your mail was paused: 1 needs action, 1 for information",
  );
  assert.equal(
    firstLines([told(redeliveryEvent)], { frequency: "immediately" }),
    "A redelivery was requested: Harbour Lights (SR-48213)",
  );
});

Deno.test("deadlines come first, the nearest before the others", () => {
  const later = event(4, "source-request.at-risk", {
    title: glassOrchard,
    due: "2026-11-27T17:00:00Z",
  }, "SR-48377");
  const { text } = emailOf([told(acceptedEvent), told(later), told(redeliveryEvent)]);
  const order = ["SR-48213", "SR-48377", "SR-47020"].map((request) => text.indexOf(request));
  assert.deepEqual(order, order.toSorted((a, b) => a - b));
  assert.ok(text.includes("Due Tue 24 Nov\n"));
  assert.ok(text.includes("Due Fri 27 Nov 18:00, Madrid\n"));
});

Deno.test("a date of another year says its year", () => {
  const changed = event(4, "source-request.due-date-changed", {
    due: "2027-01-12",
    previous_due: "2026-12-18",
  });
  const { text } = emailOf([told(changed)]);
  assert.ok(text.includes("Due Tue 12 Jan 2027; previous due Fri 18 Dec\n"));
});

Deno.test("a digest groups what happened by title and request", () => {
  const { html } = emailOf([told(commentEvent), told(acceptedEvent), told(redeliveryEvent)]);
  const headings = [...html.matchAll(/<h([34])[^>]*>([^<]*)</g)].map(([, level, name]) =>
    `${level} ${name}`
  );
  assert.deepEqual(headings, [
    "3 Harbour Lights",
    "4 SR-48213",
    "3 The Glass Orchard",
    "4 SR-47020",
  ]);
});

/** What five events of one request tell: the newest is a comment, and an earlier one still asks for something. */
function fiveOfOne() {
  const hours = (count: number) => ({ time: composedAt - count * 3_600_000 });
  const of = (seq: number, type: string, ago: number) =>
    told({ ...event(seq, type, { title: harbourLights }, "SR-48213"), ...hours(ago) }, redelivery);
  return [
    of(11, "source-request.created", 9),
    of(12, "source-request.comment-added", 8),
    told({ ...redeliveryEvent, seq: 13, ...hours(7) }),
    of(14, "source-request.comment-added", 6),
    told({ ...commentEvent, seq: 15, ...hours(5) }, comments),
  ];
}

Deno.test("five events of one request are one line with its newest state and four earlier", () => {
  const { subject, text, html } = emailOf(fiveOfOne());
  assert.equal(
    subject,
    "Daily: 1 needs action, due Tue 24 Nov (Harbour Lights), Mon 23 Nov",
  );
  assert.equal(text.split("\n")[0], "1 needs action");
  const line = [
    "SR-48213: Comment Added",
    "Still open: Redelivery Requested, due Tue 24 Nov",
    "Is the M&E <needed>?",
    url,
    "Happened Mon 23 Nov 03:00",
    "4 earlier: Comment Added ×2, Redelivery Requested, Source Request Created",
    `Why: ${comments.sentence}; ${redelivery.sentence}`,
  ];
  assert.ok(text.includes(`\n\n${line.join("\n")}\n\n`), text);
  let from = 0;
  for (const words of ["SR-48213", "Comment Added", ...line.slice(1, 3), ...line.slice(5, 6)]) {
    from = wordsOf(html).replace(/ +:/g, ":").indexOf(words, from);
    assert.ok(from > 0, words);
  }
  assert.ok(linksOf(html).includes(`${baseUrl}/emails/em-1?event=15#event-15`));
});

Deno.test("what was settled since needs no action, and is told all the same", () => {
  const delivered = event(16, "source-request.delivered", { title: harbourLights }, "SR-48213");
  const { text } = emailOf([...fiveOfOne(), told(delivered)]);
  assert.ok(text.startsWith("1 for information\n"));
  assert.ok(text.includes("5 earlier: Comment Added ×3, Redelivery Requested,"));
});

Deno.test("a digest of 50,000 events stays under 100 KB, whether of one request or of as many", () => {
  for (const requests of [1, 3_000, 50_000]) {
    const many = Array.from({ length: 50_000 }, (_, index) =>
      told(event(
        index,
        "source-request.comment-added",
        { title: harbourLights, url, summary: "أضواء الميناء 🎭\n".repeat(index % 9) },
        `SR-${index % requests}`,
      )));
    const email = emailOf(many);
    assert.ok(sizeOf(email) < 100_000, `${requests} requests: ${sizeOf(email)} bytes`);
    for (const part of [email.text, wordsOf(email.html)]) {
      const shown = part.matchAll(/(\d+)\s+earlier/g).reduce((sum, [, n]) => sum + Number(n), 0) +
        [...part.matchAll(/\bHappened /g)].length;
      const left = /and (\d+) more(?: \((\d+) events\))?/.exec(part);
      assert.equal(shown + Number(left?.[2] ?? left?.[1] ?? 0), 50_000);
    }
  }
});

Deno.test("both parts tell every event, whatever is missing in it", () => {
  const data = { title: harbourLights, url, summary: "It is <so> & 'so'" };
  const whole = eventTypeIds.map((type, index) => event(index, type, data, `SR-${index}`));
  const bare = eventTypeIds.map((type, index) => event(100 + index, type));
  const gone = event(200, "source-request.abolished", data, "SR-200");
  for (const frequency of ["immediately", "daily"] satisfies Frequency[]) {
    const items = [...whole, ...bare, gone].map((each) => told(each));
    const { text, html } = emailOf(items, { frequency });
    assert.ok(!html.includes("[object") && !text.includes("undefined"));
    for (const part of [text, wordsOf(html)]) {
      for (const type of eventTypeIds) assert.ok(part.includes(eventTypeLabel(type)), type);
      for (const { subject } of [...whole, gone]) assert.ok(part.includes(subject!), subject!);
      assert.ok(part.includes("source-request.abolished") && part.includes(data.summary));
    }
    assert.equal(linksOf(html).filter((link) => link === url).length, whole.length + 1);
    assert.equal(text.split(`\n${url}\n`).length - 1, whole.length + 1);
  }
});

Deno.test("an event that says no address leads to our page of it", () => {
  for (const frequency of ["immediately", "daily"] satisfies Frequency[]) {
    const { text, html } = emailOf([told(commentEvent)], { frequency });
    assert.ok(text.includes(`\n${baseUrl}/events/1\n`));
    assert.ok(linksOf(html).includes(`${baseUrl}/events/1`));
  }
});

Deno.test("each type of event can be an immediate email of its own", () => {
  for (const type of [...eventTypeIds, "source-request.abolished"]) {
    const { subject, text } = emailOf([told(event(1, type))], { frequency: "immediately" });
    assert.equal(subject, eventTypeLabel(type));
    assert.ok(text.includes(eventTypeLabel(type)));
  }
});

Deno.test("an immediate email tells every reason, each with its links", () => {
  const { text, html } = emailOf([told(redeliveryEvent, redelivery, comments)], {
    frequency: "immediately",
  });
  for (const { id, sentence } of [redelivery, comments]) {
    for (const link of [`${baseUrl}/notifications/${id}`, `${baseUrl}/mute/token-${id}`]) {
      assert.ok(linksOf(html).includes(link) && text.includes(link), link);
    }
    assert.ok(text.includes(`Why: ${sentence}\n`) && html.includes(sentence));
  }
});

Deno.test("a digest tells why at each event, and links each notification once", () => {
  const { text, html } = emailOf([
    told(redeliveryEvent, redelivery, comments),
    told({ ...commentEvent, subject: "SR-47020" }, comments),
  ]);
  assert.ok(text.includes(`Why: ${redelivery.sentence}; ${comments.sentence}\n`));
  assert.ok(text.includes(`Why: ${comments.sentence}\n`));
  for (const id of [7, 9]) {
    const links = linksOf(html).filter((link) => link === `${baseUrl}/mute/token-${id}`);
    assert.equal(links.length, 1);
    assert.equal(text.split(`${baseUrl}/mute/token-${id}\n`).length - 1, 1);
  }
});

Deno.test("every email ends with the settings and a way to mute it", () => {
  const { text, html } = emailOf([told(redeliveryEvent)]);
  for (const link of [`${baseUrl}/notifications`, `${baseUrl}/mute/token-all`]) {
    assert.ok(linksOf(html).includes(link) && text.includes(`\n${link}\n`), link);
  }
});

Deno.test("what does not fit into 100 KB is counted and linked, and deadlines are told first", () => {
  const many = Array.from({ length: 20_000 }, (_, index) =>
    told(event(
      index,
      index % 1000 === 0 ? "source-request.at-risk" : "source-request.accepted",
      { title: harbourLights, url, summary: "🎭".repeat(index % 50) },
      `SR-${index}`,
    )));
  const email = emailOf(many);
  assert.ok(sizeOf(email) < 100_000, `${sizeOf(email)} bytes`);
  assert.ok(sizeOf(email) > 40_000, `${sizeOf(email)} bytes`);
  const shown = email.text.match(/^SR-\d+: /gm)!.length;
  assert.ok(email.text.includes(`and ${20_000 - shown} more:\n${baseUrl}/emails/em-1\n`));
  assert.ok(wordsOf(email.html).includes(`and ${20_000 - shown} more`));
  assert.ok(linksOf(email.html).includes(`${baseUrl}/emails/em-1`));
  assert.equal(email.text.match(/Request At Risk/g)!.length, 20);
  assert.ok(email.text.startsWith("20 need action, 19980 for information\n"));
});

Deno.test("what needs action and does not fit is counted as such", () => {
  const many = Array.from(
    { length: 1000 },
    (_, index) =>
      told(event(index, "source-request.at-risk", { url, due: "2026-11-24" }, `SR-${index}`)),
  );
  const { text } = emailOf(many);
  const [, left, urgent] = text.match(/and (\d+) more, of which (\d+) need action:/)!;
  assert.ok(Number(left) > 0 && left === urgent);
});

Deno.test("even one event with everything at its longest stays under 100 KB", () => {
  const reasons = Array.from({ length: 300 }, (_, id) => ({ id, sentence: '"'.repeat(5000) }));
  const longest = event(1, "source-request.redelivery-requested", {
    title: { id: "9".repeat(200), name: '"'.repeat(500) },
    url: `https://upstream.example/?${"&".repeat(1970)}`,
    summary: '"'.repeat(5000),
    due: "2026-11-24",
  }, '"'.repeat(200));
  const muteLinks = new Map(reasons.map(({ id }) => [id, "t".repeat(90)]));
  for (const frequency of ["immediately", "daily"] satisfies Frequency[]) {
    const email = emailOf([told(longest, ...reasons)], { frequency, muteLinks });
    assert.ok(sizeOf(email) < 100_000, `${frequency}: ${sizeOf(email)} bytes`);
    assert.match(email.text, /and \d+ more/);
  }
});

Deno.test("what other systems wrote stays words: no markup, no scripts, no half characters", () => {
  const hostile = event(1, "source-request.redelivery-requested", {
    title: { id: "1", name: 'Lights</h1><script>alert("1")</script>\r\nBcc: all \ud83c' },
    url: "javascript:alert(1)",
    summary: "<img src=x onerror=alert(1)>",
  }, "SR\u2028-1\u0000");
  for (const frequency of ["immediately", "daily"] satisfies Frequency[]) {
    const { subject, text, html } = emailOf([told(hostile)], {
      frequency,
      reader: { id: "ada", name: "<b>Ada</b>", zone: "Nowhere/Atall" },
    });
    assert.ok(!/<script|<img|<b>|javascript:/.test(html));
    assert.ok(text.includes("<img src=x onerror=alert(1)>"));
    for (const part of [subject, text, html]) assert.ok(part.isWellFormed());
    assert.ok(!/\p{Cc}|\p{Zl}|\p{Zp}/u.test(subject), subject);
    assert.ok(!/[\0\u2028]/.test(text + html));
  }
});

Deno.test("titles in any script arrive as they were written", () => {
  const names = ["أضواء الميناء", "Midnight 🎭 at the Odéon", "港の灯り", "👩‍👩‍👧‍👦"];
  const items = names.map((name, index) =>
    told(event(index, "source-request.accepted", { title: { id: `${index}`, name } }))
  );
  const { text, html } = emailOf(items);
  for (const name of names) assert.ok(text.includes(name) && html.includes(name), name);
});

Deno.test("an email loads nothing and knows the dark", () => {
  const { html } = emailOf([told(redeliveryEvent)]);
  assert.ok(!/<img|<link|<script|url\(|@import|src=/.test(html));
  assert.ok(html.includes('<meta name="color-scheme" content="light dark"'));
  assert.ok(html.includes("@media (prefers-color-scheme: dark) {"));
});
