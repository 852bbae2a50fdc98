import { deepEqual, equal } from "node:assert/strict";
import { searchWords } from "../domain/email_search.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { day, hour, minute, monday, setStage } from "../e2e/stage.ts";
import type { Database } from "./client.ts";
import { loadHistory } from "./history.ts";
import { muteNotification } from "./notification_actions.ts";
import { emails } from "./schema.ts";

const ada = { id: "ada", account: { id: "lumen", profile: "content" } };
const later = monday + 30 * day;

function history(db: Database, query = "", before?: string) {
  return loadHistory(db, ada, { words: searchWords(query), before, now: later });
}

onEachDatabase("the history is searched by what was told, and by what became of it", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  await ask("ada", "immediately");
  await ask("ada", "daily", { type: "source-request.accepted" });
  await ask("ben", "immediately");
  const title = { id: "81234567", name: "Élan d'été" };
  await happen("SR-100", "source-request.delivered", { title, summary: "50% done" });
  await sweepAt(monday + minute);
  await happen("SR-200", "source-request.accepted", { title: { id: "9", name: "Harbour Lights" } });
  await sweepAt(monday + 8 * hour);

  const subjects = async (query: string) =>
    (await history(db, query)).emails.map(({ frequency }) => frequency);
  deepEqual(await subjects(""), ["daily", "immediately"]);
  deepEqual(await subjects("sr-200"), ["daily"]);
  deepEqual(await subjects("delivered"), ["immediately"]);
  deepEqual(await subjects("81234567 sent"), ["immediately"]);
  deepEqual(await subjects("éLAN D'ÉTÉ"), ["immediately"]);
  deepEqual(await subjects("elan ete"), ["immediately"]);
  deepEqual(await subjects("50%"), ["immediately"]);
  deepEqual(await subjects("5%"), []);
  deepEqual(await subjects("harbour daily"), ["daily"]);
  deepEqual(await subjects("harbour immediately"), []);
  deepEqual(await subjects("failed"), []);
});

onEachDatabase("an email that was taken back stays in the history, with why", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  const id = await ask("ada", "immediately");
  await happen("SR-1");
  await sweepAt(monday, () => Promise.reject(new Error("nobody there"))).catch(() => {});
  await muteNotification(db, "ada", id, monday + minute);
  await sweepAt(monday + hour);
  const { emails: [email] } = await history(db, "taken back");
  deepEqual([email!.state, email!.problem], ["canceled", "nothing in it is wanted any more"]);
});

onEachDatabase("nothing of a long history is dropped: page follows page", async (db) => {
  await setStage(db);
  const content = { reasons: [{ id: 1, sentence: "a" }], items: [{ seq: 1, reasons: [0] }] };
  const rows = Array.from({ length: 1_100 }, (_, index) => ({
    ...{ id: `email-${index}`, userId: "ada", frequency: "daily" as const, content, lastSeq: 1 },
    ...{ window: monday + index * hour, composedAt: monday + index * hour, sendAt: monday },
    state: index === 3 ? "failed" as const : "sent" as const,
  }));
  for (let at = 0; at < rows.length; at += 100) {
    await db.insert(emails).values(rows.slice(at, at + 100));
  }

  const seen: string[] = [];
  for (let before: string | undefined, pages = 0;; pages += 1) {
    const page = await history(db, "", before);
    seen.push(...page.emails.map(({ id }) => id));
    equal(page.searchedTo, null);
    if (page.older === null || pages > 50) break;
    before = page.older;
  }
  deepEqual(seen, rows.map(({ id }) => id).reverse());

  // A search stops on its way, says how far it came, and can be continued.
  const stops: (number | null)[] = [];
  let found = await history(db, "failed");
  for (; found.older !== null; found = await history(db, "failed", found.older)) {
    deepEqual(found.emails, []);
    stops.push(found.searchedTo);
  }
  deepEqual(stops, [800, 500, 200].map((index) => rows[index]!.composedAt));
  deepEqual(found.emails.map(({ id }) => id), ["email-3"]);
  equal(found.searchedTo, null);
  deepEqual((await history(db, "", "somebody else's")).emails, []);
});
