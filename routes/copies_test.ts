import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { loadNotifications } from "../db/panel.ts";
import { setRoles } from "../db/roles.ts";
import { start, startApp } from "../e2e/app.ts";

/** Ben, who also works on requests, has a notification to copy; Ana and Dev are his colleagues, Cleo is not. */
async function startAdmin() {
  const app = await startApp();
  await setRoles(app.db, "ben", ["fulfillment-partner-operations", "account-admin"], start);
  const id = await app.create("ben", { type: "source-request.delivered", frequency: "hourly" });
  return { ...app, id, path: `/notifications/${id}/copies`, ben: await app.browse("ben") };
}

function attemptOf(text: string): string {
  return /name="attempt" value="([^"]+)"/.exec(text)![1]!;
}

async function customOf({ db }: Awaited<ReturnType<typeof startApp>>, person: string) {
  const { notifications } = await loadNotifications(db, person);
  return notifications.filter(({ kind }) => kind === "custom").length;
}

Deno.test("an admin copies a notification to colleagues, and takes it back", async () => {
  const app = await startAdmin();
  const { ben, path, close } = app;
  match(
    (await ben.get("/notifications")).text,
    new RegExp(`href="${path}"[^>]*>Copy to colleagues`),
  );
  const { text } = await ben.get(path);
  match(text, /value="ana".*Ana Ruiz.*Hears all of it already: Source Delivered, /s);
  match(text, /Hold no role that shows Source Delivered: <span dir="auto">Dev Anand/);
  doesNotMatch(text, /Cleo|value="dev"|value="ben"/);

  const form = { attempt: attemptOf(text), to: ["ana", "dev", "cleo"] };
  const [done, again] = [await ben.post(path, form), await ben.post(path, form)];
  const [, change] = /^\/notifications\?change=([\w-]{36})$/.exec(done.headers.get("location")!)!;
  equal(again.headers.get("location"), done.headers.get("location"));
  deepEqual([await customOf(app, "ana"), await customOf(app, "dev"), await customOf(app, "cleo")], [
    1,
    0,
    0,
  ]);
  const list = await ben.get(done.headers.get("location")!);
  match(list.text, /role="status".*Copied to 1 colleague.*Undo/s);
  match((await ben.get(path)).text, /Have it already: <span dir="auto">Ana Ruiz/);

  const undo = `/notifications/changes/${change}/undo?_method=PUT`;
  equal((await (await app.browse("ana")).post(undo)).status, 404);
  const undone = await ben.post(undo);
  match((await ben.get(undone.headers.get("location")!)).text, /Undone: the copies are gone again/);
  equal(await customOf(app, "ana"), 0);
  await close();
});

Deno.test("whoever chooses nobody, or nobody of the account, is asked again", async () => {
  const app = await startAdmin();
  const { ben, path, close } = app;
  const attempt = attemptOf((await ben.get(path)).text);
  for (const to of [[], ["cleo"], ["nobody"]]) {
    const { status, text } = await ben.post(path, { attempt, to });
    equal(status, 422);
    match(text, /role="alert">Choose whom to give a copy/);
    match(text, new RegExp(`value="${attempt}"`));
  }
  equal((await ben.post(path, { attempt: "x", to: "ana" })).status, 422);
  equal(await customOf(app, "cleo"), 0);
  await close();
});

Deno.test("only admins copy, only what is theirs, and no Default one", async () => {
  const { db, create, browse, ben, close } = await startAdmin();
  const anas = await create("ana");
  const ana = await browse("ana");
  doesNotMatch((await ana.get("/notifications")).text, /Copy to colleagues/);
  equal((await ana.get(`/notifications/${anas}/copies`)).status, 403);
  equal((await ben.get(`/notifications/${anas}/copies`)).status, 404);
  const { notifications } = await loadNotifications(db, "ben");
  const standard = notifications.find(({ kind }) => kind === "default")!.id;
  equal((await ben.get(`/notifications/${standard}/copies`)).status, 403);
  const form = { attempt: crypto.randomUUID(), to: "dev" };
  equal((await ana.post(`/notifications/${anas}/copies`, form)).status, 403);
  await close();
});
