import { deepEqual, equal, rejects } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { countRoundTrips } from "../e2e/round_trips.ts";
import { event, monday, setStage } from "../e2e/stage.ts";
import { createAccounts } from "./accounts.ts";
import { openIntake } from "./intake.ts";

const type = "source-request.delivered";
const posted = (id: string, data: Record<string, unknown> = {}) =>
  event({ id, subject: `SR-${id}`, type, data });

onEachDatabase("posts that come during a commit share the next one", async (db) => {
  await setStage(db);
  const append = openIntake(db);
  await append({ events: [posted("known")], now: monday });
  const trips = countRoundTrips(db);
  const outcomes = await Promise.all(
    Array.from({ length: 32 }, (_, at) => append({ events: [posted(`${at}`)], now: monday })),
  );
  deepEqual(outcomes, Array(32).fill(["accepted"]));
  equal(trips.count, 2);
});

onEachDatabase("each post hears what became of its own events", async (db) => {
  await setStage(db);
  const append = openIntake(db);
  const posts = [
    [posted("1")],
    [posted("1"), posted("2"), posted("3", { accounts: ["nobody-we-know"] })],
    [],
    [posted("2", { summary: "another content" }), posted("4")],
  ];
  deepEqual(await Promise.all(posts.map((events) => append({ events, now: monday }))), [
    ["accepted"],
    ["duplicate", "accepted", "unknown account"],
    [],
    ["conflict", "accepted"],
  ]);
});

onEachDatabase("an account that joined meanwhile is heard of at once", async (db) => {
  await setStage(db);
  const append = openIntake(db);
  const events = [posted("1", { accounts: ["newcomer", "lumen"] })];
  await append({ events: [posted("0")], now: monday });
  await createAccounts(db, [{ id: "newcomer", name: "Newcomer", profile: "content" }], monday);
  deepEqual(await append({ events, now: monday }), ["accepted"]);
  const heard = await db.$client.execute(
    "SELECT count(*) AS n FROM event_accounts WHERE account_id = 'newcomer'",
  );
  equal(heard.rows[0]!.n, 1);
});

onEachDatabase("a post that the database refuses fails alone", async (db) => {
  await setStage(db);
  await db.$client.execute(`
    CREATE TRIGGER poison BEFORE INSERT ON events WHEN NEW.id = 'poison'
    BEGIN SELECT RAISE(ABORT, 'this one never'); END`);
  const append = openIntake(db);
  const first = append({ events: [posted("1")], now: monday });
  const bad = append({ events: [posted("poison")], now: monday });
  const good = append({ events: [posted("2")], now: monday });
  await rejects(bad);
  deepEqual([await first, await good], [["accepted"], ["accepted"]]);
});

onEachDatabase("each of some large posts that come at once has a commit of its own", async (db) => {
  await setStage(db);
  const append = openIntake(db);
  await append({ events: [posted("known")], now: monday });
  const trips = countRoundTrips(db);
  const large = (id: string) => posted(id, { note: "말".repeat(900_000) });
  const outcomes = await Promise.all(
    Array.from({ length: 4 }, (_, at) => append({ events: [large(`${at}`)], now: monday })),
  );
  deepEqual(outcomes, Array(4).fill(["accepted"]));
  equal(trips.count, 4);
});

onEachDatabase("one post may be larger than any value that a server takes", async (db) => {
  await setStage(db);
  const append = openIntake(db);
  const events = ["1", "2", "3", "1"].map((id) => posted(id, { note: "말".repeat(900_000) }));
  deepEqual(await append({ events, now: monday }), [
    ...["accepted", "accepted", "accepted"],
    "duplicate",
  ]);
});
