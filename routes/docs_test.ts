import { deepEqual, equal, match, ok } from "node:assert/strict";
import { eventTypes } from "../domain/catalogue.ts";
import { startUpstream } from "../e2e/upstream.ts";

/** The text of a page between two tags, as people read it. */
function texts(html: string, tag: string): string[] {
  const found = html.matchAll(new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, "gs"));
  return [...found].map(([, inner]) =>
    inner!.replace(/<[^>]*>/g, "").replaceAll("&quot;", '"').replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&")
  );
}

/** What the shell would hand to curl. */
function wordsOf(command: string): string[] {
  const words = command.replaceAll("\\\n", " ").matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g);
  return [...words].map(([, single, double, bare]) => single ?? double ?? bare!);
}

Deno.test("GET /docs says to everybody what the API takes, type by type and member by member", async () => {
  const { app, close } = await startUpstream();
  try {
    const page = await app.request("/docs");
    equal(page.status, 200);
    const html = await page.text();
    const codes = new Set(texts(html, "code"));
    for (const [id, { label, fields }] of Object.entries(eventTypes)) {
      ok(codes.has(id), id);
      ok(texts(html, "h3").includes(label), label);
      for (const name of Object.keys(fields)) ok(codes.has(name), `${id} ${name}`);
    }
    const document = await (await app.request("/openapi.json")).json();
    const { responses } = document.paths["/api/events"].post;
    const said = texts(html, "dd");
    for (const [status, { description }] of Object.entries<{ description: string }>(responses)) {
      ok(codes.has(status), status);
      ok(status === "202" || said.includes(description), status);
    }
    match(html, /A list of text of at most 200 characters\./);
  } finally {
    await close();
  }
});

Deno.test("every curl line of /docs does what it says", async () => {
  const { app, key, described, log, close } = await startUpstream();
  try {
    const commands = texts(await (await app.request("/docs")).text(), "pre")
      .filter((text) => text.startsWith("curl "));
    equal(commands.length, 4);
    const outcomes = [];
    for (const command of commands) {
      const [, url, ...words] = wordsOf(command.replace("$KEY", key));
      const after = (option: string) => words.filter((_, index) => words[index - 1] === option);
      const headers = after("-H").map((header): [string, string] => {
        const [name, value] = header.split(/: (.*)/);
        return [name!, value!];
      });
      const answer = await described(
        await app.request(url!, { method: "POST", headers, body: after("--data-binary")[0]! }),
      );
      outcomes.push([answer.status, answer.body.accepted, answer.body.duplicates]);
    }
    // All of them post the same event.
    deepEqual(outcomes, [[202, 1, 0], [202, 0, 1], [202, 0, 1], [202, 0, 1]]);
    equal((await log()).length, 1);
  } finally {
    await close();
  }
});
