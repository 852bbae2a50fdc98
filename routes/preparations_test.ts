import { doesNotMatch, equal, match } from "node:assert/strict";
import { loadNotifications } from "../db/panel.ts";
import { startApp } from "../e2e/app.ts";

const role = "fulfillment-partner-operations";
const path = `/people/prepared/${role}`;

Deno.test("an admin prepares notifications, and whoever gets the role is given them once", async () => {
  const { db, create, browse, close } = await startApp();
  const id = await create("ana");
  const cleos = await create("cleo");
  const ben = await browse("ben");
  match((await ben.get("/people")).text, /href="\/people\/prepared"/);
  match(
    (await ben.get("/people/prepared")).text,
    /Fulfillment Partner Operations.*Nothing so far/s,
  );
  const { text } = await ben.get(path);
  match(text, /Redelivery Requested where content type is Branded, daily.*Ana Ruiz/s);
  doesNotMatch(text, /Cleo/);

  const done = await ben.post(path, { from: [String(id), String(cleos)] });
  equal(done.headers.get("location"), "/people/prepared?prepared=1");
  match((await ben.get("/people/prepared?prepared=1")).text, /Remove<.*Prepared: 1 notification/s);
  match(
    (await ben.get("/people/invitations")).text,
    /Fulfillment Partner Operations<span class="hint"> and 1 prepared notification</,
  );

  const change = { role, held: "" };
  const page = await ben.get(`/people/dev?role=${role}&held=`);
  match(
    page.text,
    /and 1 prepared notification<.*1 prepared notification would come with it, once/s,
  );
  equal((await ben.post("/people/dev/roles?_method=PUT", change)).status, 303);
  const { notifications } = await loadNotifications(db, "dev");
  equal(notifications.filter(({ kind }) => kind === "custom").length, 1);
  doesNotMatch((await ben.get("/people/dev")).text, /prepared notification</);

  const [remove] = /\/people\/prepared\/\d+\?_method=DELETE/.exec(
    (await ben.get("/people/prepared")).text,
  )!;
  for (let time = 0; time < 2; time += 1) {
    equal((await ben.post(remove)).headers.get("location"), "/people/prepared?done=dropped");
  }
  match((await ben.get("/people/prepared?done=dropped")).text, /Nothing so far/);
  await close();
});

Deno.test("whoever chooses nothing is asked again, and nothing is prepared for others' roles", async () => {
  const { create, browse, close } = await startApp();
  const id = String(await create("ana"));
  const ben = await browse("ben");
  const { status, text } = await ben.post(path);
  equal(status, 422);
  match(text, /role="alert">Choose what to prepare/);
  for (const other of ["qc-operator", "account-admin", "nobody"]) {
    equal((await ben.get(`/people/prepared/${other}`)).status, 404);
    equal((await ben.post(`/people/prepared/${other}`, { from: id })).status, 404);
  }
  equal((await (await browse("ana")).post(path, { from: id })).status, 403);
  await close();
});
