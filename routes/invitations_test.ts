import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { loadNotifications } from "../db/panel.ts";
import { createSession } from "../db/sessions.ts";
import { startApp } from "../e2e/app.ts";
import { sweepOn } from "../e2e/stage.ts";

const path = "/people/invitations";
const origin = "http://localhost:8000";
const role = "fulfillment-partner-operations";

type App = Awaited<ReturnType<typeof startApp>>;

/** The people of Ana's account beside the cast, as [address, name, roles]. */
async function newcomers({ db }: App) {
  const people = await db.all<{ email: string; name: string; roles: string }>(sql`
    SELECT email, name, roles FROM users WHERE account_id = 'meridian-post'
      AND id NOT IN ('ana', 'ben', 'dev') ORDER BY email`);
  return people.map(({ email, name, roles }) => [email, name, JSON.parse(roles).join()]);
}

/** What each line was answered, without markup. */
function answers(text: string): string[] {
  const rows = text.split("<tbody>")[1]!.split("</tbody>")[0]!.split("</tr>").slice(0, -1);
  return rows.map((row) => row.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ").trim());
}

Deno.test("several are invited at once, and each line is answered", async () => {
  const app = await startApp();
  const ben = await app.browse("ben");
  const people = [
    "Gil Otero <gil@meridian-post.example>",
    "ANA@meridian-post.example",
    "cleo@petrel-and-finch.example",
    "nonsense",
    "gil@Meridian-Post.example",
  ].join("\n");
  const { status, text } = await ben.post(path, { people, role });
  equal(status, 200);
  deepEqual(answers(text), [
    "1 gil@meridian-post.example Invited",
    "2 ana@meridian-post.example Was here already",
    "3 cleo@petrel-and-finch.example Cannot be invited: the address belongs to a user of another account",
    "4 &quot;nonsense&quot; is no email address such as name@example.com",
    "5 gil@meridian-post.example Stands further up as well",
  ]);
  match(text, /1 invitation on the way/);
  doesNotMatch(text, /href="\/people\/cleo"/);
  deepEqual(await newcomers(app), [["gil@meridian-post.example", "Gil Otero", role]]);
  await app.close();
});

Deno.test("whoever is invited has the defaults of their roles, and one email that leads to the sign-in page", async () => {
  const app = await startApp();
  const ben = await app.browse("ben");
  const form = { people: "gil@meridian-post.example", role };
  await ben.post(path, form);
  match((await ben.post(path, form)).text, /Nobody was invited.*Was here already/s);

  const [user] = await app.db.all<{ id: string }>(sql`SELECT id FROM users WHERE name = 'Gil'`);
  const { notifications, nextDigests } = await loadNotifications(app.db, user!.id);
  equal(notifications.length > 0 && nextDigests.size > 0, true);

  const sent: string[] = [];
  await sweepOn(app.db, app.clock.now, (email) => {
    sent.push(`${email.to} ${email.text}`);
    return Promise.resolve("1");
  });
  equal(sent.length, 1);
  match(
    sent[0]!,
    /^gil@meridian-post\.example Ben Adler invites you to Callboard for Meridian Post/,
  );
  const link = /\nhttp:\/\/localhost:8000(\/sign-in\S+)\n/.exec(sent[0]!)![1]!;
  match((await (await app.browse()).get(link)).text, /value="gil@meridian-post\.example"/);
  await app.close();
});

Deno.test("a deactivated colleague is not invited anew, but pointed to", async () => {
  const app = await startApp();
  const ben = await app.browse("ben");
  await ben.post("/people/ana/deactivation?_method=PUT");
  const { text } = await ben.post(path, { people: "ana@meridian-post.example" });
  match(text, /href="\/people\/ana".*deactivated: reactivate instead/s);
  await app.close();
});

Deno.test("a table is read from a file, with semicolons, a byte-order mark and quoted line breaks", async () => {
  const app = await startApp();
  const cookie = await cookieOf(app);
  const table =
    '\ufeffName;E-Mail\r\n"Otero;\r\nGil";gil@meridian-post.example\r\n\u202e<b>Hal</b>;hal@meridian-post.example\r\n';
  const response = await upload(app, cookie, table);
  deepEqual(answers(await response.text()), [
    "2 gil@meridian-post.example Invited",
    "4 hal@meridian-post.example Invited",
  ]);
  deepEqual(await newcomers(app), [
    ["gil@meridian-post.example", "Otero; Gil", ""],
    ["hal@meridian-post.example", "<b>Hal</b>", ""],
  ]);
  await app.close();
});

Deno.test("ten thousand lines are answered by how many are too many, and nobody is invited", async () => {
  const app = await startApp();
  const cookie = await cookieOf(app);
  const lines = Array.from(
    { length: 10_000 },
    (_, i) => `Somebody ${i};n${i}@meridian-post.example`,
  );
  const response = await upload(app, cookie, lines.join("\n"));
  equal(response.status, 422);
  match(await response.text(), /At most 500 people are invited at a time, and these are 10,000\./);
  deepEqual(await newcomers(app), []);
  await app.close();
});

Deno.test("what cannot be read is said, and what was typed and ticked stays", async () => {
  const app = await startApp();
  const ben = await app.browse("ben");
  const empty = await ben.post(path, { people: " ", role });
  equal(empty.status, 422);
  match(empty.text, /Name somebody to invite\./);
  match(empty.text, /value="fulfillment-partner-operations" checked/);
  const open = await ben.post(path, { people: 'a@b.example\n"Gil' });
  equal(open.status, 422);
  match(open.text, /does not end\..*a@b\.example/s);
  equal((await ben.post(path, { people: "a@b.example", role: "studio-admin" })).status, 422);
  deepEqual(await newcomers(app), []);
  await app.close();
});

Deno.test("the people are exported as a table in which nothing is computed", async () => {
  const app = await startApp();
  const ben = await app.browse("ben");
  await ben.post(path, { people: '=cmd|" /C calc"!A0,gil@meridian-post.example' });
  const { text, headers } = await ben.get("/people/list.csv");
  match(headers.get("content-type")!, /^text\/csv/);
  match(text, /^\ufeffName,Email address,Roles,State,Last sign-in\r\n/);
  match(text, /\r\nAna Ruiz,ana@meridian-post\.example,Fulfillment Partner Operations,Active,\r\n/);
  match(text, /\r\n"?'=cmd/);
  doesNotMatch(text, /cleo/);
  await app.close();
});

async function cookieOf({ db, clock }: App): Promise<string> {
  return `session=${await createSession(db, "ben", clock.now)}`;
}

async function upload({ app }: App, cookie: string, table: string): Promise<Response> {
  const body = new FormData();
  body.set("people", "");
  body.set("file", new File([table], "people.csv", { type: "text/csv" }));
  return await app.request(`${origin}${path}`, {
    method: "POST",
    body,
    headers: { origin, cookie },
  });
}
