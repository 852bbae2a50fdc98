import { doesNotMatch, equal, match, notEqual, ok } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { deactivateUser } from "../db/deactivation.ts";
import { start, startApp } from "../e2e/app.ts";
import { type Forgery, type Known, startIdentityProvider } from "../e2e/identity_provider.ts";

const origin = "http://localhost:8000";

const people: Record<string, Known> = {
  "an-1": { email: "Ana@Meridian-Post.example", email_verified: true },
  "an-2": { email: "ana@meridian-post.example", email_verified: true },
  "ben-1": { email: "ben@meridian-post.example", email_verified: false },
  "nobody-1": { email: "nobody@elsewhere.example", email_verified: true },
};

/** The app beside a provider. */
async function startBoth() {
  const provider = await startIdentityProvider(origin, structuredClone(people));
  const app = await startApp({ oidc: provider.settings });
  const browser = await app.browse();

  const begin = async (next = "/schedule") => {
    const begun = await browser.get(`/sign-in/oidc?next=${encodeURIComponent(next)}`);
    const cookie = (begun.headers.get("set-cookie") ?? "").split(";")[0]!;
    return { begun, cookie, address: begun.headers.get("location")! };
  };
  const comeBack = (back: URL, cookie: string) =>
    browser.get(back.pathname + back.search, { cookie });
  return {
    ...app,
    provider,
    browser,
    begin,
    comeBack,
    /** Signs in as somebody the provider knows; resolves to the app's last answer. */
    signIn: async (name: string, next?: string) => {
      const { cookie, address } = await begin(next);
      return await comeBack(await provider.signIn(address, name), cookie);
    },
    close: async () => {
      await app.close();
      await provider.close();
    },
  };
}

type Both = Awaited<ReturnType<typeof startBoth>>;

function sessionIn({ headers }: { headers: Headers }): string | undefined {
  return headers.getSetCookie().map((line) => line.split(";")[0]!)
    .find((pair) => /^session=./.test(pair));
}

function refuses(answer: Awaited<ReturnType<Both["signIn"]>>, words = /could not be relied upon/) {
  equal(answer.status, 403);
  equal(sessionIn(answer), undefined);
  match(answer.text, words);
}

Deno.test("single sign-on signs in whoever has the verified address, and leads to the page that was asked for", async () => {
  const both = await startBoth();
  match((await both.browser.get("/sign-in")).text, /Sign in with single sign-on/);
  const { address, begun } = await both.begin();
  const { searchParams } = new URL(address);
  equal(searchParams.get("code_challenge_method"), "S256");
  for (const name of ["state", "nonce", "code_challenge"]) ok(searchParams.get(name), name);
  match(begun.headers.get("set-cookie")!, /Max-Age=600; Path=\/; HttpOnly; SameSite=Lax/);

  const answer = await both.signIn("an-1");
  equal(answer.status, 303);
  equal(answer.headers.get("location"), "/schedule");
  const page = await both.browser.get("/sessions", { cookie: sessionIn(answer)! });
  match(page.text, /Ana Ruiz/);
  await both.close();
});

Deno.test("whoever is linked stays so when the address changes, and nobody else takes the place", async () => {
  const both = await startBoth();
  equal((await both.signIn("an-1")).status, 303);
  refuses(await both.signIn("an-2"), /no active user/);
  await both.db.run(sql`UPDATE users SET email = 'ana.ruiz@new.example' WHERE id = 'ana'`);
  equal((await both.signIn("an-1")).status, 303);
  refuses(await both.signIn("an-2"), /no active user/);
  await both.close();
});

Deno.test("an unverified address, one that nobody has and one of somebody who left are told alike", async () => {
  const both = await startBoth();
  equal((await both.signIn("an-1")).status, 303);
  await deactivateUser(both.db, "meridian-post", "ana", start);
  const answers = [];
  for (const name of ["an-1", "ben-1", "nobody-1"]) answers.push(await both.signIn(name));
  for (const answer of answers) {
    refuses(answer, /no active user/);
    equal(answer.text, answers[0]!.text);
  }
  await both.close();
});

const forgeries: Record<string, Forgery> = {
  "for another audience": { claims: { aud: "somebody-else" } },
  "with another nonce": { claims: { nonce: "of-another-sign-in" } },
  "that expired": { claims: { exp: 1_700_000_000 } },
  "of another issuer": { claims: { iss: "https://elsewhere.example" } },
  "signed with a key that the provider does not know": { unknownKey: true },
};

Deno.test("a token that is not for this sign-in signs nobody in", async (test) => {
  const both = await startBoth();
  for (const [what, forgery] of Object.entries(forgeries)) {
    await test.step(`a token ${what}`, async () => {
      both.provider.forge(forgery);
      refuses(await both.signIn("an-1"));
    });
  }
  both.provider.forge({});
  equal((await both.signIn("an-1")).status, 303);
  await both.close();
});

Deno.test("a sign-in ends where it began: in the same browser, once, within ten minutes", async () => {
  const both = await startBoth();
  const { provider, begin, comeBack, clock } = both;
  const [mine, other] = [await begin(), await begin()];
  const back = await provider.signIn(mine.address, "an-1");
  refuses(await comeBack(back, ""));
  refuses(await comeBack(back, other.cookie));
  refuses(await comeBack(back, mine.cookie.replace(/.{5}$/, "AAAA%3D")));
  clock.now += 10 * 60_000;
  refuses(await comeBack(back, mine.cookie));
  clock.now -= 10 * 60_000;
  equal((await comeBack(back, mine.cookie)).status, 303);
  refuses(await comeBack(back, mine.cookie));
  refuses(
    await comeBack(new URL(`${origin}/sign-in/oidc/callback?error=access_denied`), mine.cookie),
  );
  await both.close();
});

Deno.test("a provider that changes its keys signs people in at once, and describes itself once an hour", async () => {
  const both = await startBoth();
  const { provider, signIn, clock } = both;
  const described = () => provider.asked.filter((path) => path.startsWith("/.well-known")).length;
  equal((await signIn("an-1")).status, 303);
  await provider.useNewKeys();
  equal((await signIn("an-1")).status, 303);
  equal(described(), 1);
  clock.now += 3_600_000;
  equal((await signIn("an-1")).status, 303);
  equal(described(), 2);
  await both.close();
});

Deno.test("while the provider is away a page says so and offers the email, and afterwards all is well", async () => {
  const both = await startBoth();
  const { provider, begin, comeBack, signIn, clock } = both;
  provider.goAway(true);
  const { begun } = await begin();
  equal(begun.status, 503);
  match(begun.text, /Single sign-on does not answer.*href="\/sign-in\?next=%2Fschedule"/s);
  provider.goAway(false);
  const { address, cookie } = await begin();
  const back = await provider.signIn(address, "an-1");
  provider.goAway(true);
  equal((await comeBack(back, cookie)).status, 503);
  clock.now += 3_600_000;
  equal((await begin()).begun.status, 303);
  provider.goAway(false);
  equal((await signIn("an-1")).status, 303);
  await both.close();
});

Deno.test("signing out ends the session here and at the provider, but only where that one opened it", async () => {
  const both = await startBoth();
  const { browser, provider, browse } = both;
  const cookie = sessionIn(await both.signIn("an-1"))!;
  const out = await browser.post("/sign-out", {}, { cookie });
  equal(out.status, 200);
  const [, address] = /^0; url=(.*)/.exec(out.headers.get("refresh")!)!;
  equal(new URL(address!).origin, provider.settings.issuer);
  equal(new URL(address!).searchParams.get("post_logout_redirect_uri"), `${origin}/sign-in`);
  match(await (await fetch(address!)).text(), /\/session\/end\/confirm/);
  equal((await browser.get("/notifications", { cookie })).status, 303);

  const byLink = await (await browse("ana")).post("/sign-out");
  equal(byLink.headers.get("location"), "/sign-in");
  await both.close();
});

Deno.test("after single sign-on one stays on this site, with a session of its own", async () => {
  const both = await startBoth();
  const answer = await both.signIn("an-1", "//elsewhere.example");
  equal(answer.headers.get("location"), "/");
  notEqual(sessionIn(answer), sessionIn(await both.signIn("an-1")));
  await both.close();
});

Deno.test("the log says why nobody was signed in, and neither who nor with what", async () => {
  const both = await startBoth();
  both.provider.forge({ claims: { aud: "somebody-else" } });
  const { address, cookie } = await both.begin();
  const back = await both.provider.signIn(address, "an-1");
  await both.comeBack(back, cookie);
  equal(both.logged.length, 1);
  match(both.logged[0]!, /"what":"single sign-on","problem":"Error: refused: \w+"/);
  const secrets = [...back.searchParams.values(), both.provider.settings.clientSecret];
  for (const secret of [...secrets, "@", "an-1"]) ok(!both.logged[0]!.includes(secret), secret);
  await both.close();
});

Deno.test("where single sign-on is not set up, nothing of it shows", async () => {
  const { browse, close } = await startApp();
  const browser = await browse();
  doesNotMatch((await browser.get("/sign-in")).text, /single sign-on/);
  equal((await browser.get("/sign-in/oidc")).status, 404);
  await close();
});
