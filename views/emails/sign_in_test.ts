import assert from "node:assert/strict";
import { signInEmail } from "./sign_in.tsx";

const link = "https://callboard.example/sign-in/token?a=1&b=2";

Deno.test("the sign-in email leads to the link, once in each part, and says how long it works", () => {
  const { subject, text, html } = signInEmail({ name: "Ada Moreno", link, minutes: 15 });
  assert.equal(subject, "Your sign-in link for Callboard");
  assert.equal(text.split(`\n${link}\n`).length - 1, 1);
  assert.equal(html.split(`href="${link.replace("&", "&amp;")}"`).length - 1, 1);
  for (const part of [text, html]) {
    assert.ok(part.includes("Sign in to Callboard as Ada Moreno"));
    assert.ok(part.includes("for 15 minutes"));
  }
});

Deno.test("the sign-in email shows a name as it is, whatever it holds", () => {
  const { html } = signInEmail({ name: "<b>Ada</b>\r\nأدا", link, minutes: 15 });
  assert.ok(html.includes("&lt;b&gt;Ada&lt;/b&gt; أدا") && !html.includes("<b>"));
});
