import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { findOwner } from "../db/owners.ts";
import { start, startApp } from "../e2e/app.ts";

Deno.test("PUT /schedule/times sets the zone, the hour and the weekday of digests", async () => {
  const { db, browse, close } = await startApp();
  const ana = await browse("ana");
  const times = { zone: "Asia/Seoul", digestHour: "17", digestWeekday: "5" };
  const { status, headers } = await ana.post("/schedule/times?_method=PUT", times);
  equal(status, 303);
  const { zone, digestHour, digestWeekday } = await findOwner(db, "ana");
  equal(`${zone} ${digestHour} ${digestWeekday}`, "Asia/Seoul 17 5");
  match((await ana.get(headers.get("location")!)).text, /Saved\. It is now 18:30, Seoul/);
  match((await ana.get("/notifications")).text, /Next: .*Tomorrow 17:00, Seoul/);
  await close();
});

Deno.test("an unknown zone, hour or weekday is refused and changes nothing", async () => {
  const { db, browse, close } = await startApp();
  const ana = await browse("ana");
  const before = JSON.stringify(await findOwner(db, "ana"));
  const times = { zone: "Europe/Madrid", digestHour: "8", digestWeekday: "1" };
  for (
    const change of [
      { zone: "Mars/Olympus" },
      { zone: "+02:00" },
      { digestHour: "24" },
      { digestHour: "" },
      { digestWeekday: "0" },
      { digestWeekday: "1.5" },
    ]
  ) {
    const { status } = await ana.post("/schedule/times?_method=PUT", { ...times, ...change });
    equal(status, 422, JSON.stringify(change));
  }
  equal(JSON.stringify(await findOwner(db, "ana")), before);
  await close();
});

Deno.test("PUT /schedule/pause pauses until that day begins where one lives, and the panel says so", async () => {
  const { db, browse, close } = await startApp();
  const ana = await browse("ana");
  const { status } = await ana.post("/schedule/pause?_method=PUT", { until: "2026-12-01" });
  equal(status, 303);
  equal((await findOwner(db, "ana")).pausedUntil, Date.parse("2026-11-30T23:00:00Z"));
  const { text } = await ana.get("/notifications");
  match(text, /paused until .*>Tue 1 Dec, 00:00, Madrid</);
  match(text, /<span class="group-next">Paused</);
  match((await ana.get("/schedule")).text, /value="2026-12-01".*Resume now/s);
  await close();
});

Deno.test("a pause that cannot be comes back beside its field, as it was typed", async () => {
  const { db, browse, close } = await startApp();
  const ana = await browse("ana");
  for (const until of ["", "soon", "2026-11-20", "2026-02-30", "2028-01-01"]) {
    const { status, text } = await ana.post("/schedule/pause?_method=PUT", { until });
    equal(status, 422, until);
    match(text, /id="problem-until"[^>]*>Choose /, until);
  }
  equal((await findOwner(db, "ana")).pausedUntil, null);
  await close();
});

Deno.test("Resume now ends a pause", async () => {
  const { clock, browse, close } = await startApp();
  const ana = await browse("ana");
  await ana.post("/schedule/pause?_method=PUT", { until: "2026-12-01" });
  clock.now = start + 60_000;
  const { headers } = await ana.post("/schedule/pause?_method=DELETE");
  match((await ana.get(headers.get("location")!)).text, /Mail comes again/);
  doesNotMatch((await ana.get("/notifications")).text, /paused until/);
  await close();
});

const times = { zone: "Europe/Madrid", digestHour: "8", digestWeekday: "1" };

Deno.test("PUT /schedule/times sets quiet hours, and both pages say what they hold", async () => {
  const { db, clock, browse, close } = await startApp();
  const ana = await browse("ana");
  const { status } = await ana.post("/schedule/times?_method=PUT", {
    ...times,
    quietFrom: "22",
    quietUntil: "7",
  });
  equal(status, 303);
  const held = /Immediately<.*As it happens, but held 22:00 to 07:00, Madrid/s;
  match((await ana.get("/notifications")).text, held);
  match((await ana.get("/schedule")).text, held);
  clock.now = Date.parse("2026-11-20T22:30:00Z");
  match((await ana.get("/schedule")).text, /Immediately<.*Held until .*>Tomorrow 07:00, Madrid</s);

  await ana.post("/schedule/times?_method=PUT", { ...times, quietFrom: "", quietUntil: "" });
  const [user] = await db.query.users.findMany({ where: ({ id }, { eq }) => eq(id, "ana") });
  deepEqual([user!.quietFrom, user!.quietUntil, user!.heldUntil], [null, null, null]);
  match((await ana.get("/notifications")).text, /Immediately<.*>As it happens</s);
  await close();
});

Deno.test("quiet hours that have one end or none in sight come back beside their field, as chosen", async () => {
  const { browse, close } = await startApp();
  const ana = await browse("ana");
  for (const [quietFrom, quietUntil] of [["22", ""], ["", "7"], ["7", "7"]]) {
    const chosen = { ...times, digestHour: "17", quietFrom: quietFrom!, quietUntil: quietUntil! };
    const { status, text } = await ana.post("/schedule/times?_method=PUT", chosen);
    equal(status, 422);
    match(text, /<select name="quietUntil"[^>]*aria-invalid="true"[^>]*problem-quietUntil/);
    match(text, /id="problem-quietUntil"[^>]*>Choose /);
    match(text, /<option value="17" selected/);
  }
  doesNotMatch((await ana.get("/schedule")).text, /but held/);
  await close();
});

Deno.test("what is no zone or no hour comes back beside its field", async () => {
  const { browse, close } = await startApp();
  const ana = await browse("ana");
  const wrong = { ...times, zone: "Mars/Olympus", digestHour: "24", digestWeekday: "0" };
  const { text } = await ana.post("/schedule/times?_method=PUT", wrong);
  for (const field of ["zone", "digestHour", "digestWeekday"]) {
    match(text, new RegExp(`id="problem-${field}"[^>]*>Choose `), field);
  }
  await close();
});

Deno.test("the schedule says when the next email of each kind comes that was asked for", async () => {
  const { browse, create, close } = await startApp();
  await create("dev", { frequency: "weekly" });
  const dev = await browse("dev");
  match((await dev.get("/schedule")).text, /No mail: no notification of yours is active\./);
  await create("ana", { frequency: "weekly" });
  const { text } = await (await browse("ana")).get("/schedule");
  match(text, /Weekly<.*Next: <time[^>]*>Mon 23 Nov, 08:00, Madrid</s);
  await close();
});

Deno.test("whoever never said where they are is asked once, and nobody who did", async () => {
  const { db, browse, close } = await startApp();
  const ana = await browse("ana");
  doesNotMatch((await ana.get("/notifications")).text, /data-zone/);
  await db.run(
    "UPDATE users SET zone = 'UTC', zone_confirmed_at = NULL, quiet_from = 22, quiet_until = 7",
  );
  const { text } = await ana.get("/notifications");
  match(text, /<div class="notice" data-zone="UTC" hidden[^>]*>.*Your mail comes by UTC time/s);

  const { status, headers } = await ana.post("/schedule/zone?_method=PUT", { zone: "Asia/Seoul" });
  equal(status, 303);
  const answer = await ana.get(headers.get("location")!);
  match(answer.text, /role="status".*it is now 18:30, Seoul/s);
  doesNotMatch(answer.text, /data-zone/);
  match(answer.text, /held 22:00 to 07:00, Seoul/);

  const ben = await browse("ben");
  match((await ben.get("/notifications")).text, /data-zone/);
  await ben.post("/schedule/times?_method=PUT", { ...times, zone: "UTC" });
  doesNotMatch((await ben.get("/notifications")).text, /data-zone/);
  await close();
});

Deno.test("a zone that a browser makes up is refused beside the field, and changes nothing", async () => {
  const { db, browse, close } = await startApp();
  const ana = await browse("ana");
  const { status, text } = await ana.post("/schedule/zone?_method=PUT", { zone: "Mars/Olympus" });
  equal(status, 422);
  match(text, /id="problem-zone"[^>]*>Choose a time zone/);
  equal((await findOwner(db, "ana")).zone, "Europe/Madrid");
  await close();
});

Deno.test("who is the last to hear about a deadline is told so before pausing", async () => {
  const { browse, close } = await startApp();
  const last = /You are the last at Meridian Post who hears about Inspection Failed, /;
  match((await (await browse("ana")).get("/schedule")).text, last);
  doesNotMatch((await (await browse("ben")).get("/schedule")).text, /You are the last/);
  await close();
});
