import { doesNotMatch, equal, match } from "node:assert/strict";
import { deactivateUser } from "../db/deactivation.ts";
import { linkLength } from "../db/sign_in_links.ts";
import { start, startApp } from "../e2e/app.ts";

type App = Awaited<ReturnType<typeof startApp>>;

/** Asks for a link; resolves to its path and to the cookie of the browser that asked. */
async function askForLink({ browse, mail }: App, next = "/") {
  const answer = await (await browse()).post("/sign-in", {
    email: "Ana@meridian-post.example",
    next,
  });
  const link = /https?:\S+/.exec(mail.at(-1)!.text)![0];
  const { pathname, search } = new URL(link);
  const cookie = answer.headers.get("set-cookie")!.split(";")[0]!;
  return { answer, path: pathname, search, cookie };
}

Deno.test("an emailed link opens a session in the browser that asked, once", async () => {
  const app = await startApp();
  const { path, search, cookie } = await askForLink(app, "/schedule");
  equal(app.mail.at(-1)!.to, "ana@meridian-post.example");
  const browser = await app.browse();
  const look = await browser.get(path + search, { cookie });
  equal(look.status, 200);
  match(look.text, /name="next" value="\/schedule"/);

  const used = await browser.post(path, { next: "/schedule" }, { cookie });
  equal(used.status, 303);
  equal(used.headers.get("location"), "/schedule");
  match(used.headers.get("set-cookie")!, /^session=/);
  const again = await browser.post(path, {}, { cookie });
  equal(again.status, 409);
  match(again.text, /was used already/);
  await app.close();
});

Deno.test("looking at a link, as programs that scan mail do, does not use it up", async () => {
  const app = await startApp();
  const { path, cookie } = await askForLink(app);
  const browser = await app.browse();
  for (let i = 0; i < 3; i += 1) await browser.get(path);
  equal((await browser.post(path, {}, { cookie })).status, 303);
  await app.close();
});

Deno.test("a link is worth nothing in another browser, too late, or to somebody who left", async () => {
  const app = await startApp();
  const browser = await app.browse();
  const elsewhere = await askForLink(app);
  equal((await browser.post(elsewhere.path)).status, 409);
  const late = await askForLink(app);
  app.clock.now = start + linkLength;
  equal((await browser.post(late.path, {}, { cookie: late.cookie })).status, 409);
  app.clock.now = start;
  const left = await askForLink(app);
  await deactivateUser(app.db, "meridian-post", "ana", start);
  equal((await browser.post(left.path, {}, { cookie: left.cookie })).status, 409);
  await app.close();
});

Deno.test("asking for a link tells nobody whether an address is known", async () => {
  const app = await startApp();
  const known = await askForLink(app);
  const unknown = await (await app.browse()).post("/sign-in", { email: "nobody@else.example" });
  const anonymous = (text: string, email: string) => text.replaceAll(email, "…");
  equal(unknown.status, known.answer.status);
  equal(
    anonymous(unknown.text, "nobody@else.example"),
    anonymous(known.answer.text, "Ana@meridian-post.example"),
  );
  equal(app.mail.length, 1);
  await app.close();
});

Deno.test("a link leads nowhere but to this site", async () => {
  const app = await startApp();
  const { path, search, cookie } = await askForLink(app, "https://elsewhere.example");
  equal(search, "?next=%2F");
  const used = await (await app.browse()).post(path, { next: "//elsewhere.example" }, { cookie });
  equal(used.headers.get("location"), "/");
  await app.close();
});

Deno.test("something that is not an address is refused in words", async () => {
  const app = await startApp();
  const answer = await (await app.browse()).post("/sign-in", { email: "ana" });
  equal(answer.status, 422);
  match(answer.text, /Write an email address/);
  await app.close();
});

Deno.test("the demo offers each user as a button, by account and profile; production does not know the way", async () => {
  const demo = await startApp({ demo: true });
  const browser = await demo.browse();
  const { text } = await browser.get("/sign-in");
  match(text, /aria-label="Sign in as Cleo Park"/);
  match(text, /Meridian Post.*Fulfillment partner/s);
  const signedIn = await browser.post("/sign-in/as/cleo", { next: "/notifications" });
  equal(signedIn.headers.get("location"), "/notifications");
  equal((await browser.post("/sign-in/as/nobody")).status, 404);
  await demo.close();

  const { browse, close } = await startApp();
  const stranger = await browse();
  doesNotMatch((await stranger.get("/sign-in")).text, /Sign in as/);
  equal((await stranger.post("/sign-in/as/cleo")).status, 404);
  await close();
});

Deno.test("an address in another Unicode form is the same person, and one that only looks like it is not", async () => {
  const { browse, mail, close } = await startApp();
  const anybody = await browse();
  for (const email of ["ＡＮＡ＠meridian-post.example", " ana@Meridian-Post.EXAMPLE "]) {
    await anybody.post("/sign-in", { email });
    equal(mail.pop()?.to, "ana@meridian-post.example", email);
  }
  // A Cyrillic letter is another letter.
  const refused = await anybody.post("/sign-in", { email: "\u0430na@meridian-post.example" });
  equal(refused.status, 422);
  equal(mail.length, 0);
  await close();
});
