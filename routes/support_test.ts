import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { type Email, TemporaryFailure } from "../domain/email.ts";
import { start, startApp } from "../e2e/app.ts";
import { sendOutgoing } from "../jobs/outgoing.ts";

type App = Awaited<ReturnType<typeof startApp>>;
const answered = { supportEmail: "support@callboard.example" };
const fields = { page: "/noise", words: "Nothing comes.\nSince Monday <b>nothing</b>." };

async function referenceIn({ browse }: App): Promise<string> {
  const { text } = await (await browse("ana")).get("/support?page=/noise");
  return /name="reference" value="([^"]+)"/.exec(text)![1]!;
}

/** Sends what waits as of an instant; resolves to what was taken. */
async function sendAt({ db }: App, at: number, isAway = false): Promise<Email[]> {
  const taken: Email[] = [];
  const sendEmail = (email: Email) =>
    isAway
      ? Promise.reject(new TemporaryFailure("the provider is away"))
      : Promise.resolve(`${taken.push(email)}`);
  const report = (_: string, error: unknown) => {
    throw error;
  };
  await sendOutgoing({ db, sendEmail, now: () => at, report });
  return taken;
}

Deno.test("a request is hidden where nobody answers", async () => {
  const { browse, close } = await startApp();
  const ana = await browse("ana");
  doesNotMatch((await ana.get("/notifications")).text, /Submit a request/);
  equal((await ana.get("/support")).status, 404);
  await close();
});

Deno.test("a request reaches support with what was shown, once, even when the provider was away", async () => {
  const app = await startApp(answered);
  const ana = await app.browse("ana");
  match(
    (await ana.get("/noise")).text,
    /<a href="\/support\?page=%2Fnoise">Submit a request<\/a>/,
  );
  const form = await ana.get("/support?page=/noise");
  const shown = [...form.text.matchAll(/<dd>([^<]*)<\/dd>/g)].map(([, line]) => line!);
  ok(shown.includes("User ana, account meridian-post"));
  const reference = await referenceIn(app);
  for (let times = 0; times < 2; times += 1) {
    const sent = await ana.post("/support", { ...fields, reference });
    equal(sent.headers.get("location"), `/support/${reference}`);
  }
  match((await ana.get(`/support/${reference}`)).text, new RegExp(reference));

  equal((await sendAt(app, start, true)).length, 0);
  const [email, ...more] = await sendAt(app, start + 60_000);
  equal(more.length, 0);
  equal(email!.to, answered.supportEmail);
  equal(email!.headers["Reply-To"], "ana@meridian-post.example");
  equal(email!.subject, `Request ${reference}`);
  ok(email!.text.includes(fields.words));
  ok(email!.html.includes("&lt;b&gt;nothing"));
  for (const line of shown) ok(email!.text.includes(line), line);
  await app.close();
});

Deno.test("a request without words is not sent, and says so beside the field", async () => {
  const app = await startApp(answered);
  const reference = await referenceIn(app);
  const ana = await app.browse("ana");
  const answer = await ana.post("/support", { ...fields, words: " \n ", reference });
  equal(answer.status, 422);
  match(answer.text, /role="alert">Write what is the matter\.<.*aria-invalid="true"/s);
  equal((await sendAt(app, start)).length, 0);
  await app.close();
});

Deno.test("a request leads back to a page of this site alone", async () => {
  const { browse, close } = await startApp(answered);
  const { text } = await (await browse("ana")).get("/support?page=//elsewhere.example");
  match(text, /<a class="button" href="\/">Cancel/);
  doesNotMatch(text, /elsewhere/);
  await close();
});

Deno.test("nobody floods support", async () => {
  const app = await startApp(answered);
  const ana = await app.browse("ana");
  for (let count = 0; count < 10; count += 1) {
    const sent = await ana.post("/support", { ...fields, reference: await referenceIn(app) });
    equal(sent.status, 303);
  }
  const eleventh = await ana.post("/support", { ...fields, reference: await referenceIn(app) });
  equal(eleventh.status, 409);
  match(eleventh.text, /you sent 10 since yesterday/);
  await app.close();
});
