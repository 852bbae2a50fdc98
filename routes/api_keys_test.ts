import { deepEqual, equal, match } from "node:assert/strict";
import { createApiKey } from "../db/api_keys.ts";
import { cloudEvent, single, startUpstream } from "../e2e/upstream.ts";

/** An upstream system with a key of its own. */
async function withKey(scope: { sources?: string[]; perSecond?: number }) {
  const upstream = await startUpstream();
  const { app, db, clock, described } = upstream;
  const key = await createApiKey(db, { name: "materials", ...scope }, clock.now);
  const post = async (attributes: Record<string, unknown>) =>
    await described(
      await app.request("/api/events", {
        method: "POST",
        headers: { "authorization": `Bearer ${key}`, "content-type": single },
        body: JSON.stringify(cloudEvent(attributes)),
      }),
    );
  return { ...upstream, post };
}

Deno.test("a key that asks too often is told when to come again, and then let in", async () => {
  const { post, clock, close, log } = await withKey({ perSecond: 1 });
  try {
    for (let id = 0; id < 10; id += 1) equal((await post({ id: `${id}` })).status, 202);
    const early = await post({ id: "early" });
    deepEqual([early.status, early.headers.get("retry-after")], [429, "1"]);
    equal(early.body.title, "Too many requests");
    match(String(early.body.detail), /^This key may make 1 request a second\. Wait/);
    clock.now += 1_000;
    equal((await post({ id: "in time" })).status, 202);
    equal((await post({ id: "early again" })).status, 429);
    equal((await log()).length, 11);
  } finally {
    await close();
  }
});

Deno.test("a key speaks for its own sources alone", async () => {
  const { post, close, log } = await withKey({ sources: ["/materials/", "/vault"] });
  try {
    const foreign = await post({ id: "1" });
    equal(foreign.status, 422);
    equal(
      foreign.body.detail,
      'The event was rejected: this key may not speak for the source "/backlot/source-requests": it is for /materials/, /vault.',
    );
    for (const source of ["/materials/ingest", "/vault", "/vaults"]) {
      equal((await post({ id: "1", source })).status, 202);
    }
    equal((await log()).length, 3);
  } finally {
    await close();
  }
});
