import { equal, match } from "node:assert/strict";
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
