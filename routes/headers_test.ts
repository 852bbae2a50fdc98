import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { startApp } from "../e2e/app.ts";

Deno.test("a page that did not change is not sent again, and one that did is", async () => {
  const { browse, create, close } = await startApp();
  const ana = await browse("ana");
  const first = await ana.get("/notifications");
  const known = { "if-none-match": first.headers.get("etag")! };
  const again = await ana.get("/notifications", known);
  deepEqual([again.status, again.text], [304, ""]);
  equal(again.headers.get("etag"), known["if-none-match"]);
  equal(again.headers.get("cache-control"), "private, no-cache");

  await create("ana");
  const changed = await ana.get("/notifications", known);
  equal(changed.status, 200);
  ok(changed.text.includes("content type is"));
  equal((await (await browse("ben")).get("/notifications", known)).status, 200);
  await close();
});

Deno.test("a fragment carries few headers, and can do nothing outside of its page", async () => {
  const { browse, close } = await startApp();
  const ana = await browse("ana");
  const { headers } = await ana.htmx("GET", "/notifications?q=critical", undefined, { to: "list" });
  equal(headers.get("content-security-policy"), "default-src 'none'");
  equal(headers.get("etag"), null);
  match(headers.get("vary") ?? "", /HX-Request/);
  const size = [...headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  ok(size < 300, `${size} bytes`);
  await close();
});

Deno.test("a page says what it may do, and over https that it is to be asked by https alone", async () => {
  const { browse, close } = await startApp();
  const { headers } = await (await browse()).get("/sign-in");
  const policy = headers.get("content-security-policy")!.split("; ");
  for (
    const directive of [
      ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'"],
      ...["frame-ancestors 'none'", "base-uri 'none'"],
      ...["require-trusted-types-for 'script'", "trusted-types htmx"],
    ]
  ) ok(policy.includes(directive), `${directive} in ${policy}`);
  doesNotMatch(policy.join(), /unsafe|https?:|\*/);
  match(headers.get("strict-transport-security")!, /^max-age=15552000/);
  equal(headers.get("x-content-type-options"), "nosniff");
  await close();
});
