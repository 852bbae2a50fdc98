import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { sql } from "drizzle-orm";
import { appendEvents } from "../db/events.ts";
import { muteNotification } from "../db/notification_actions.ts";
import { setRoles } from "../db/roles.ts";
import { startApp } from "./app.ts";
import { event, sweepOn } from "./stage.ts";

// Whatever can be asked with what is Ana's, or find it, asked by Cleo, who is an admin of another account.

const type = "source-request.redelivery-requested";
const title = { id: "81234567", name: "Zephyr Hollow" };
/** What Cleo must never read. */
const secret = /Zephyr|SR-77001|Ana Ruiz|ana@meridian/;
const attempt = "00000000-0000-4000-8000-000000000000";

type App = Awaited<ReturnType<typeof startApp>>;

/** Ana was told of an event of her account, by a notification that names its title. */
async function startNeighbours() {
  const app = await startApp({ supportEmail: "support@callboard.example" });
  const { db, clock, create } = app;
  await setRoles(db, "cleo", ["content-partner-operations", "account-admin"], clock.now);
  const asked = { field: "title", op: "any" as const, values: [title.name] };
  const id = await create("ana", { conditions: [asked], frequency: "immediately" });
  const change = await muteNotification(db, "ana", await create("ana"), clock.now);
  const data = { accounts: ["meridian-post"], title, summary: "Zephyr drifts" };
  await appendEvents(db, [event({ id: "1", type, subject: "SR-77001", data })], clock.now);
  await sweepOn(db, clock.now);
  const [email] = await db.all<{ id: string }>(sql`SELECT id FROM emails WHERE user_id = 'ana'`);
  return { ...app, cleo: await app.browse("cleo"), id, change, email: email!.id };
}

/** Everything that is Ana's. */
async function anas({ db }: App): Promise<unknown[]> {
  return await Promise.all(
    ["notifications", "changes", "emails", "digests", "prepared", "audit"].map(
      (table) =>
        db.all(
          sql`SELECT * FROM ${sql.identifier(table)} WHERE ${
            table === "prepared" || table === "audit"
              ? sql`account_id = 'meridian-post'`
              : sql`user_id = 'ana'`
          }`,
        ),
    ),
  );
}

Deno.test("nobody finds, previews or learns anything of another account", async () => {
  const app = await startNeighbours();
  const { cleo, create, id, change, email, close } = app;
  const own = await create("cleo");
  const before = await anas(app);
  const paths = [
    ...["?q=hollow", "?q=zephyrs", `?change=${change}`, `/new?from=${id}`],
    ...[`/${id}`, `/${id}/edit`, `/${id}/events`, `/${id}/snooze`, `/${id}/copies`, "/export"],
    ...[`/${own}/edit?unlike=1&by=title`, `/${own}/events`, `/${own}/copies`],
  ].map((path) => `/notifications${path}`).concat(
    ...["/", "/history", "/history?q=hollow", `/history?change=${change}`, "/history/immediately"],
    ...["/noise", `/noise/events?type=${type}`, "/events/1", "/explorer", "/explorer/1"],
    ...[`/emails/${email}`, `/emails/${email}/letter`, `/emails/${email}?change=${change}`],
    ...["/people", "/people/list.csv", "/people/ana", "/people/ana/deactivation"],
    ...["/people?deactivated=ana", "/people/prepared"],
    ...["/people/prepared/content-partner-operations", "/audit?q=ana", "/audit/list.csv"],
    ...["/schedule", "/sessions", "/support", "/operations"],
  );
  for (const path of paths) {
    const { status, text } = await cleo.get(path);
    ok(status < 500, path);
    doesNotMatch(text, secret, path);
  }
  deepEqual(await anas(app), before);
  await close();
});

Deno.test("nobody asks the window, a copy or a file for anything of another account", async () => {
  const app = await startNeighbours();
  const { cleo, create, id, change, close } = app;
  const own = await create("cleo", { conditions: [] });
  const before = await anas(app);
  const draft = { type, frequency: "daily", shown: type };
  const entry = { id, userId: "ana", type, frequency: "weekly" };
  const file = { callboard: "notifications", version: 1, notifications: [entry] };
  const posts: [string, Record<string, string>][] = [
    ["/notifications/forecast", draft],
    ["/notifications/draft", draft],
    ["/notifications/titles", { ...draft, find: "hollow" }],
    ["/notifications", { ...draft, replaces: String(id), attempt }],
    [`/notifications/${id}?_method=PUT`, { ...draft, version: "1" }],
    [`/notifications/${id}?_method=DELETE`, {}],
    [`/notifications/${id}/mute?_method=PUT`, {}],
    [`/notifications/${id}/mute?_method=PUT`, { until: "2026-12-01" }],
    [`/notifications/changes/${change}/undo?_method=PUT`, {}],
    ["/notifications/selection", { do: "mute", selected: String(id) }],
    [`/notifications/${id}/copies`, { to: "cleo", attempt }],
    [`/notifications/${own}/copies`, { to: "ana", attempt }],
    ["/notifications/import/report", { text: JSON.stringify(file) }],
    ["/notifications/import", { text: JSON.stringify(file), attempt }],
    ["/noise/suggestions", { kind: "mute", notification: String(id) }],
    ["/people/prepared/content-partner-operations", { from: String(id) }],
    ["/people/ana/roles?_method=PUT", { held: "fulfillment-partner-operations" }],
    ["/people/ana/deactivation?_method=PUT", {}],
    ["/people/ana/deactivation?_method=DELETE", {}],
    ["/people/ana/address-failure?_method=DELETE", {}],
    ["/people/ana/viewing?_method=PUT", {}],
  ];
  for (const [path, form] of posts) {
    for (
      const { status, text } of [await cleo.post(path, form), await cleo.htmx("POST", path, form)]
    ) {
      ok(status < 500, path);
      doesNotMatch(text, secret, path);
    }
  }
  deepEqual(await anas(app), before);
  const [prepared] = await app.db.all<{ count: number }>(
    sql`SELECT count(*) AS count FROM prepared`,
  );
  equal(prepared!.count, 0);
  await close();
});

Deno.test("Ana herself finds all of it, so that the words above mean something", async () => {
  const { browse, id, email, close } = await startNeighbours();
  const ana = await browse("ana");
  const told = /Zephyr|SR-77001/;
  const paths = [`/notifications/${id}`, "/history?q=hollow", "/events/1", `/emails/${email}`];
  for (const path of paths) match((await ana.get(path)).text, told, path);
  const draft = { type, frequency: "daily", shown: type };
  for (const path of ["/notifications/forecast", "/notifications/titles"]) {
    const form = { ...draft, find: "hollow" };
    const { text } = await ana.htmx("POST", path, form, {
      to: path.slice("/notifications/".length),
    });
    match(text, told, path);
  }
  await close();
});
