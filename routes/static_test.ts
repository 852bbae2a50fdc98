import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { brotliDecompressSync } from "node:zlib";
import { startApp } from "../e2e/app.ts";

Deno.test("every file of a page is served under its hash, to be kept for ever", async () => {
  const { browse, close } = await startApp();
  const browser = await browse();
  const { text } = await browser.get("/sign-in");
  const paths = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, path]) => path!);
  equal(paths.length, 4);
  for (const path of paths) {
    const file = await browser.get(path);
    equal(file.status, 200, path);
    match(path, /\.[0-9a-f]{12}\.(css|js|svg)$/);
    equal(file.headers.get("cache-control"), "public, max-age=31536000, immutable");
  }
  await close();
});

Deno.test("a file comes packed by brotli to whoever takes it, and plain to everybody else", async () => {
  const { app, browse, close } = await startApp();
  const { text } = await (await browse()).get("/sign-in");
  const path = /\/static\/app\.\w+\.css/.exec(text)![0];
  const asked = (accepted: string) =>
    app.request(path, { headers: { "accept-encoding": accepted } });
  const plain = await asked("gzip, br;q=0");
  equal(plain.headers.get("content-encoding"), null);
  const packed = await asked("gzip, deflate, br, zstd");
  equal(packed.headers.get("content-encoding"), "br");
  for (const { headers } of [plain, packed]) equal(headers.get("vary"), "accept-encoding");
  const bytes = new Uint8Array(await packed.arrayBuffer());
  const content = await plain.text();
  equal(brotliDecompressSync(bytes).toString(), content);
  ok(bytes.length < content.length / 4, `${bytes.length} of ${content.length} bytes`);
  await close();
});

Deno.test("comments and indentation stay at home, and nothing else does", async () => {
  const { browse, close } = await startApp();
  const browser = await browse();
  const { text } = await browser.get("/sign-in");
  const code = (source: string) =>
    source.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "").replaceAll(/\s+/g, " ").trim();
  for (const file of ["css", "js"]) {
    const { text: served } = await browser.get(text.match(`/static/app\\.\\w+\\.${file}`)![0]);
    const source = await Deno.readTextFile(new URL(`../static/app.${file}`, import.meta.url));
    equal(code(served), code(source));
    doesNotMatch(served, /^(\s|\/\/|\/\*)/m);
  }
  await close();
});
