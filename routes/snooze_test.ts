import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { findNotification } from "../db/notifications.ts";
import { startApp } from "../e2e/app.ts";

// It is Friday, 20 November 2026, 10:30 in Madrid.

const tuesday = Date.parse("2026-11-23T23:00:00Z");

Deno.test("PUT /notifications/:id/mute with a day snoozes until it begins, and can be undone", async () => {
  const { db, browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  match((await ana.get("/notifications")).text, new RegExp(`href="/notifications/${id}/snooze"`));

  const put = () => ana.post(`/notifications/${id}/mute?_method=PUT`, { until: "2026-11-24" });
  const { status, headers } = await put();
  equal(status, 303);
  equal((await findNotification(db, "ana", id)).mutedUntil, tuesday);
  const { text } = await ana.get(headers.get("location")!);
  match(text, /role="status".*Snoozed: Redelivery Requested/s);
  match(text, /<p class="row-note"><strong>Snoozed until Tue 24 Nov</);
  doesNotMatch(text, /class="row-state"/);
  match(text, /action="\/notifications\/\d+\/mute\?_method=DELETE"[^>]*>.*?Unmute/);
  equal((await put()).headers.get("location"), headers.get("location"));

  const undo = text.match(/\/notifications\/changes\/[\w-]+\/undo/)![0];
  await ana.post(`${undo}?_method=PUT`);
  const { mutedAt, mutedUntil } = await findNotification(db, "ana", id);
  deepEqual([mutedAt, mutedUntil], [null, null]);
  await close();
});

Deno.test("Unmute ends a snooze, and muting makes it one without an end", async () => {
  const { db, browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  const mute = `/notifications/${id}/mute?_method`;
  await ana.post(`${mute}=PUT`, { until: "2026-11-24" });
  await ana.post(`${mute}=PUT`);
  const muted = await findNotification(db, "ana", id);
  deepEqual([muted.mutedAt === null, muted.mutedUntil], [false, null]);
  await ana.post(`${mute}=PUT`, { until: "2026-11-24" });
  await ana.post(`${mute}=DELETE`);
  const open = await findNotification(db, "ana", id);
  deepEqual([open.mutedAt, open.mutedUntil], [null, null]);
  await close();
});

Deno.test("the page of a snooze offers tomorrow and Monday, and names the zone in which days begin", async () => {
  const { clock, browse, create, close } = await startApp();
  const id = await create("ana");
  const path = `/notifications/${id}/snooze`;
  const { text } = await (await browse("ana")).get(path);
  match(text, /value="2026-11-21"[^>]*>Tomorrow, Sat 21 Nov</);
  match(text, /value="2026-11-23"[^>]*>Next Monday, Mon 23 Nov</);
  match(text, /Days begin at 00:00, Madrid/);
  match(text, /type="date" min="2026-11-21"/);
  clock.now = Date.parse("2026-11-22T09:00:00Z");
  doesNotMatch((await (await browse("ana")).get(path)).text, /Next Monday/);
  equal((await (await browse("cleo")).get(path)).status, 404);
  await close();
});

Deno.test("a day that cannot be comes back beside its field, as it was typed", async () => {
  const { db, browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  for (const until of ["", "soon", "2026-11-20", "2028-01-01"]) {
    const { status, text } = await ana.post(`/notifications/${id}/mute?_method=PUT`, { until });
    equal(status, 422, until);
    match(text, /id="problem-until"[^>]*>Choose /, until);
    match(text, new RegExp(`value="${until}"[^>]*aria-invalid="true"`), until);
  }
  equal((await findNotification(db, "ana", id)).mutedAt, null);
  await close();
});

Deno.test("what is somebody else's cannot be snoozed", async () => {
  const { db, browse, create, close } = await startApp();
  const id = await create("ana");
  const cleo = await browse("cleo");
  const snooze = { until: "2026-11-24" };
  equal((await cleo.post(`/notifications/${id}/mute?_method=PUT`, snooze)).status, 404);
  equal((await findNotification(db, "ana", id)).mutedAt, null);
  await close();
});

Deno.test("what is snoozed is found by that word", async () => {
  const { browse, create, close } = await startApp();
  const id = await create("ana");
  const ana = await browse("ana");
  await ana.post(`/notifications/${id}/mute?_method=PUT`, { until: "2026-11-24" });
  match((await ana.get("/notifications?q=snoozed")).text, new RegExp(`id="notification-${id}"`));
  await close();
});
