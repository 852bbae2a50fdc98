import { deepEqual, equal, rejects } from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import type { ToldEvent } from "../domain/compose.ts";
import { logText } from "../domain/errors.ts";
import type { Email } from "../domain/email.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { hour, minute, monday, setStage } from "../e2e/stage.ts";
import { renderSparing } from "./set_aside.ts";
import { sweep } from "./sweep.ts";

/** A sweep at an instant: what was sent to whom, and what was reported. */
async function sweepAt(db: Database, at: number) {
  const sent: string[] = [];
  const reported: string[] = [];
  const { problems } = await sweep({
    db,
    sendEmail: ({ to, text }: Email) => {
      const requests = new Set(text.match(/SR-\d+/g)?.sort());
      return Promise.resolve(`${sent.push(`${to.split("@")[0]}: ${[...requests]}`)}`);
    },
    now: () => at,
    report: (what, error) => reported.push(`${what}: ${logText(error)}`),
    baseUrl: "https://callboard.example",
    mailDomain: "callboard.example",
    secretKey: "the secret of these tests, long enough",
    retentionDays: 400,
  });
  equal(problems, reported.length);
  return { sent: sent.sort(), reported };
}

/** What a disk, a restore or another release may make of a row. */
const damages: [name: string, data: string, flaw: string][] = [
  ["half of its JSON", '{"title": {"id": "8', "its data is not a JSON object"],
  ["a list", "[]", "its data is not a JSON object"],
  ["a title that is a number", '{"title": 5}', "data.title is not a title"],
  ["a due date that is none", '{"due": "2026-02-30"}', "data.due is not a date"],
  ["a summary that is an object", '{"summary": {}}', "data.summary is not text"],
];

for (const [name, data, flaw] of damages) {
  onEachDatabase(
    `an event with ${name} is set aside and named, and all around it is delivered`,
    async (db) => {
      const { ask, happen } = await setStage(db);
      const type = "source-request.created";
      await ask("ada", "immediately", { type });
      await ask("ben", "daily", { type });
      await ask("sam", "daily", { type, conditions: [{ field: "due", op: "within", value: 9 }] });
      for (const subject of ["SR-1", "SR-2", "SR-3"]) {
        await happen(subject, type, { due: "2026-01-06" });
      }
      await db.run(sql`UPDATE events SET data = ${data} WHERE subject = 'SR-2'`);
      const reported = [`event 2: Error: Cannot tell event "2": ${flaw}`];
      const immediately = await sweepAt(db, monday + minute);
      deepEqual(immediately, { sent: ["ada: SR-1", "ada: SR-3"], reported });
      const daily = await sweepAt(db, monday + 8 * hour);
      deepEqual(daily, { sent: ["ben: SR-1,SR-3", "sam: SR-1,SR-3"], reported });
      deepEqual(await sweepAt(db, monday + 9 * hour), { sent: [], reported: [] });
    },
  );
}

onEachDatabase("what is damaged after it was queued is taken out of its email", async (db) => {
  const { ask, happen, sweepAt: sendNothing } = await setStage(db);
  await ask("ada", "daily");
  for (const subject of ["SR-1", "SR-2"]) await happen(subject);
  const { TemporaryFailure } = await import("../domain/email.ts");
  await sendNothing(monday + 8 * hour, () => Promise.reject(new TemporaryFailure("not now")));
  await db.run(sql`UPDATE events SET data = '{' WHERE subject = 'SR-1'`);
  deepEqual(await sweepAt(db, monday + 9 * hour), {
    sent: ["ada: SR-2"],
    reported: ['event 1: Error: Cannot tell event "1": its data is not a JSON object'],
  });
});

const told = (seq: number): ToldEvent => ({
  event: { seq, type: "source-request.created", time: 0, subject: null, data: {} },
  reasons: [],
});

Deno.test("an event on which the rendering fails is left out and named without its words", async () => {
  const reported: string[] = [];
  const render = (items: ToldEvent[]) => {
    if (items.some(({ event }) => event.seq === 2)) throw new RangeError("Harbour Lights");
    return Promise.resolve(items.map(({ event }) => event.seq));
  };
  const report = (what: string, error: unknown) => reported.push(`${what}: ${logText(error)}`);
  const sparing = (...seqs: number[]) => renderSparing(seqs.map(told), { render, report });
  deepEqual((await sparing(1, 2, 3)).rendered, [1, 3]);
  deepEqual(await sparing(2), { rendered: null, items: [] });
  deepEqual(
    new Set(reported),
    new Set(['event 2: Error: Cannot tell event "2": RangeError while rendering it']),
  );
});

Deno.test("a rendering that fails on no event by itself is nobody's fault but ours", async () => {
  const render = (items: ToldEvent[]) =>
    items.length > 1 ? Promise.reject(new Error("too many")) : Promise.resolve("");
  const report = () => {};
  await rejects(renderSparing([told(1), told(2)], { render, report }), /too many/);
});
