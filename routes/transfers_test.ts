import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { loadNotifications } from "../db/panel.ts";
import { createSession } from "../db/sessions.ts";
import { startApp } from "../e2e/app.ts";

type App = Awaited<ReturnType<typeof startApp>>;

async function customOf({ db }: App, person: string) {
  const { notifications } = await loadNotifications(db, person);
  return notifications.filter(({ kind }) => kind === "custom")
    .map(({ type, conditions, frequency, mutedAt }) => ({ type, conditions, frequency, mutedAt }));
}

/** What fulfillment partners alone see is not in it. */
function shownToCleo<N extends { type: string }>(list: N[]): N[] {
  return list.filter(({ type }) => type !== "source-request.inspection-failed");
}

/** What the report's form would send. */
function confirmation(text: string) {
  const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)![1]!;
  return { text: value("text").replaceAll("&quot;", '"'), attempt: value("attempt") };
}

Deno.test("people take their notifications along, and bring them elsewhere", async () => {
  const app = await startApp();
  const { create, browse, close } = app;
  await create("ana");
  await create("ana", { type: "source-request.accepted", conditions: [], frequency: "weekly" });
  await create("ana", { type: "source-request.inspection-failed", conditions: [] });
  const ana = await browse("ana");
  match((await ana.get("/schedule")).text, /href="\/notifications\/export" download/);
  const exported = await ana.get("/notifications/export");
  equal(exported.headers.get("content-disposition"), 'attachment; filename="notifications.json"');

  const cleo = await browse("cleo");
  const report = await cleo.post("/notifications/import/report", { text: exported.text });
  match(report.text, /2 of 3 notifications would be added/);
  match(report.text, /Refused: Your roles do not show Inspection Failed/);
  deepEqual(await customOf(app, "cleo"), []);
  const form = confirmation(report.text);
  const [done, again] = [
    await cleo.post("/notifications/import", form),
    await cleo.post("/notifications/import", form),
  ];
  const [, change] = /^\/notifications\?change=([\w-]{36})$/.exec(done.headers.get("location")!)!;
  equal(again.headers.get("location"), done.headers.get("location"));
  deepEqual(await customOf(app, "cleo"), shownToCleo(await customOf(app, "ana")));
  const list = await cleo.get(done.headers.get("location")!);
  match(list.text, /role="status".*Imported: 2 notifications.*Undo/s);

  const repeated = await cleo.post("/notifications/import/report", { text: exported.text });
  match(repeated.text, /Nothing would be added.*You have it already/s);
  doesNotMatch(repeated.text, /type="submit" class="primary"/);

  const undo = `/notifications/changes/${change}/undo?_method=PUT`;
  const undone = await cleo.post(undo);
  match((await cleo.get(undone.headers.get("location")!)).text, /what was imported is gone again/);
  deepEqual(await customOf(app, "cleo"), []);
  await close();
});

Deno.test("a file is looked at like its text, and what is none comes back with why", async () => {
  const { app, db, clock, browse, close } = await startApp();
  const cookie = `session=${await createSession(db, "ana", clock.now)}`;
  const ask = async (content: string) => {
    const body = new FormData();
    body.set("text", "");
    body.set("file", new File([content], "notifications.json"));
    const headers = { cookie, origin: "http://localhost:8000" };
    return await app.request("http://localhost:8000/notifications/import/report", {
      ...{ method: "POST", headers, body },
    });
  };
  const entry = { type: "source-request.delivered", frequency: "weekly" };
  const file = { callboard: "notifications", version: 1, notifications: [entry] };
  match(await (await ask(`\ufeff${JSON.stringify(file)}`)).text(), /1 of 1 notification would be/);
  const refused = await ask("{");
  equal(refused.status, 422);
  match(await refused.text(), /role="alert">This is no JSON/);
  const ana = await browse("ana");
  equal((await ana.post("/notifications/import", { text: "{", attempt: "x" })).status, 422);
  await close();
});
