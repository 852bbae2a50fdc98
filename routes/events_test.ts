import { deepEqual, equal, match } from "node:assert/strict";
import { revokeApiKeys } from "../db/api_keys.ts";
import { keyMemory } from "../db/keys.ts";
import { start } from "../e2e/app.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { batched, cloudEvent, single, startUpstream } from "../e2e/upstream.ts";
import { eventsRoutes, maxEvents } from "./events.ts";

type Upstream = Awaited<ReturnType<typeof startUpstream>>;

/** Registers a test with an upstream system of its own. */
function story(name: string, body: (upstream: Upstream) => Promise<void>): void {
  Deno.test(name, async () => {
    const upstream = await startUpstream();
    try {
      await body(upstream);
    } finally {
      await upstream.close();
    }
  });
}

const refused = "an event with this source and id was accepted earlier with another content: " +
  "give it an id of its own";
const unknownAccount = "data.accounts names no account that is known here";

story("a batch is accepted for what is good in it, and told what is not", async (upstream) => {
  const { post, log } = upstream;
  await post({ json: cloudEvent({ id: "stored" }) });
  const trips = countRoundTrips(upstream.db);
  const { status, body } = await post({
    type: batched,
    json: [
      cloudEvent({ id: "1" }),
      cloudEvent({ id: "2", type: "source-request.imagined" }),
      cloudEvent({ id: "3" }, { accounts: ["nobody-we-know"] }),
      cloudEvent({ id: "1" }),
      cloudEvent({ id: "stored" }, { summary: "another content" }),
      "not even an event",
      cloudEvent({ id: 7 }),
      cloudEvent({ id: "4" }, { content_type: "home-made" }),
      cloudEvent({ id: "5" }, { accounts: ["nobody-we-know", "petrel-and-finch"] }),
    ],
  });
  // The key and the accounts are known from the post before; one name is not, and some events were there already.
  equal(trips.count, 3);
  equal(status, 202);
  const { rejected, ...counts } = body as { rejected: Record<string, unknown>[] };
  deepEqual(counts, { accepted: 2, duplicates: 1 });
  deepEqual(rejected.map(({ index, id }) => [index, id]), [
    ...[[1, "2"], [2, "3"], [4, "stored"], [5, null], [6, null], [7, "4"]],
  ]);
  const problems = rejected.map(({ problem }) => String(problem));
  equal(problems[1], unknownAccount);
  equal(problems[2], refused);
  match(problems[0]!, /^type "source-request.imagined" is not in the catalogue/);
  match(problems[5]!, /^data\.content_type /);
  equal((await log()).length, 3);
});

story("the same batch twice is stored once, and half of one is completed", async (upstream) => {
  const { post, log } = upstream;
  const batch = Array.from({ length: 100 }, (_, index) => cloudEvent({ id: `${index}` }));
  const send = async (json: unknown[]) => (await post({ json, type: batched })).body;
  deepEqual(await send(batch.slice(0, 40)), { accepted: 40, duplicates: 0, rejected: [] });
  deepEqual(await send(batch), { accepted: 60, duplicates: 40, rejected: [] });
  deepEqual(await send(batch), { accepted: 0, duplicates: 100, rejected: [] });
  deepEqual(await send([]), { accepted: 0, duplicates: 0, rejected: [] });
  equal((await log()).length, 100);
});

story("a conflict is 409 for one event, and 422 for a batch of nothing else", async (upstream) => {
  const { post, log } = upstream;
  await post({ json: cloudEvent() });
  const changed = cloudEvent({}, { summary: "another content" });
  const rejected = [{ index: 0, id: "b7e2-0001", problem: refused }];
  const one = await post({ json: changed });
  deepEqual([one.status, one.body.title, one.body.rejected], [409, "Conflict", rejected]);
  equal(one.body.detail, `The event was rejected: ${refused}.`);
  const many = await post({ json: [changed], type: batched });
  deepEqual([many.status, many.body.rejected], [422, rejected]);
  deepEqual((await log()).map(({ data }) => data.summary), ["Audio drift from 00:42:10"]);
});

story(
  "only a known key that is not revoked may post, and nobody else is read",
  async (upstream) => {
    const { app, db, key, described, log, clock } = upstream;
    const knock = async (authorization?: string) => {
      const response = await app.request("/api/events", {
        method: "POST",
        headers: { "content-type": "text/plain", ...(authorization ? { authorization } : {}) },
        body: "x".repeat(2_000_000),
      });
      const challenge = response.headers.get("www-authenticate");
      return [(await described(response)).status, challenge];
    };
    const wrong = [
      ...[undefined, "", "Bearer", "Bearer ", `Bearer ${key} and more`, `Basic ${key}`, key],
      ...[`Bearer ${key}x`, "Bearer cb_", `bearer${key}`],
    ];
    for (const header of wrong) deepEqual(await knock(header), [401, "Bearer"], `${header}`);
    deepEqual(await knock(`bearer ${key}`), [413, null]);
    await revokeApiKeys(db, "backlot", 0);
    clock.now += keyMemory;
    deepEqual(await knock(`Bearer ${key}`), [401, "Bearer"]);
    deepEqual(await log(), []);
  },
);

story("the address takes posts, and says so to everything else", async (upstream) => {
  const { app, key } = upstream;
  for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
    const headers = { authorization: `Bearer ${key}` };
    const response = await app.request("/api/events", { method, headers });
    equal(response.status, 405, method);
    equal(response.headers.get("allow"), "POST");
    equal(response.headers.get("content-type"), "application/problem+json");
    equal((await response.json()).title, "Method not allowed");
  }
});

story("more than a request may bring is refused whole", async (upstream) => {
  const { post, log } = upstream;
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => cloudEvent({ id: `${index}` }, tiny));
  const tiny = { summary: undefined, url: undefined, title: undefined };
  for (const count of [maxEvents + 1, 10_000]) {
    const answer = await post({ json: many(count), type: batched });
    deepEqual([answer.status, answer.body.title], [413, "Too large"]);
  }
  deepEqual(await log(), []);
  const answer = await post({ json: many(maxEvents), type: batched });
  deepEqual([answer.status, answer.body.accepted], [202, maxEvents]);
});

story("only what was accepted sets the mail going", async ({ db, key }) => {
  let dispatched = 0;
  const app = eventsRoutes({ db, now: () => start, dispatch: () => dispatched += 1 });
  const post = async (json: unknown) =>
    (await app.request("/api/events", {
      method: "POST",
      headers: { "authorization": `Bearer ${key}`, "content-type": single },
      body: JSON.stringify(json),
    })).status;
  equal(await post(cloudEvent()), 202);
  equal(dispatched, 1);
  equal(await post(cloudEvent()), 202);
  equal(await post(cloudEvent({}, { summary: "another content" })), 409);
  equal(await post(cloudEvent({ type: "source-request.imagined" })), 422);
  equal(dispatched, 1);
});
