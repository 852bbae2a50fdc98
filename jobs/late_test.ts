import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { sql } from "drizzle-orm";
import type { Email } from "../domain/email.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { day, hour, minute, monday, setStage } from "../e2e/stage.ts";
import { mail } from "./sweep.ts";

// What becomes of digests when nobody looked while they were due, and when everybody's are due at once.

const settings = {
  baseUrl: "https://callboard.example",
  mailDomain: "callboard.example",
  secretKey: "the secret of these tests, long enough",
};

async function startStage() {
  const { db, close } = await temporaryDatabase();
  const stage = await setStage(db);
  let sent: Email[] = [];
  const sendEmail = (email: Email) => Promise.resolve(`${sent.push(email)}`);
  return {
    ...stage,
    close,
    /** The emails that leave at an instant, in order. */
    async lettersAt(at: number): Promise<Email[]> {
      sent = [];
      await stage.sweepAt(at, sendEmail);
      return sent;
    },
    async mailAt(at: number, spread: number): Promise<Email[]> {
      sent = [];
      const report = (_: string, error: unknown) => {
        throw error;
      };
      await mail({ db, sendEmail, now: () => at, report, spread, ...settings });
      return sent;
    },
  };
}

const daysOf = ({ subject }: Email) => subject.split(", ").at(-1);

Deno.test("digests that nobody looked after for days come once, and say which days they cover", async () => {
  const { ask, happen, waitUntil, lettersAt, close } = await startStage();
  await ask("ada", "hourly", { type: "source-request.created" });
  await ask("ada", "daily");
  const at8 = monday + 8 * hour;
  await happen("SR-1");
  equal((await lettersAt(at8)).map(daysOf).join(), "Mon 5 Jan");
  for (const away of [1, 2, 3]) {
    waitUntil(monday + away * day + 3 * hour);
    await happen(`SR-${away + 1}`);
    await happen(`SR-${away + 11}`, "source-request.created");
  }
  const back = await lettersAt(at8 + 3 * day + 5 * minute);
  const [daily, hourly] = back.sort((a, b) => a.subject < b.subject ? -1 : 1);
  deepEqual([daily, hourly].map((email) => daysOf(email!)), [
    "Tue 6 Jan to Thu 8 Jan",
    "Mon 5 Jan 09:00 to Thu 8 Jan 08:05",
  ]);
  equal(back.length, 2);
  match(hourly!.text, /SR-14:.*SR-13:.*SR-12:/s);
  for (const request of ["SR-2", "SR-3", "SR-4"]) match(daily!.text, new RegExp(`${request}:`));
  const words =
    "This email is late: it was due Tue 6 Jan 08:00, and covers Tue 6 Jan to Thu 8 Jan.";
  ok(daily!.text.includes(words) && daily!.html.includes(words));

  deepEqual(await lettersAt(at8 + 3 * day + 6 * minute), []);
  waitUntil(at8 + 3 * day + hour);
  await happen("SR-9");
  const [next] = await lettersAt(at8 + 4 * day);
  equal(daysOf(next!), "Fri 9 Jan");
  doesNotMatch(next!.text, /is late/);
  await close();
});

Deno.test("a digest that comes some hours late on its own day says when it was due", async () => {
  const { ask, happen, lettersAt, close } = await startStage();
  await ask("ada", "daily");
  await happen("SR-1");
  const [late] = await lettersAt(monday + 15 * hour);
  equal(daysOf(late!), "Mon 5 Jan");
  match(late!.text, /it was due Mon 5 Jan 08:00, and covers Mon 5 Jan\./);
  await close();
});

Deno.test("digests of an hour leave during the minutes after it, each once, immediate mail at once", async () => {
  const { db, ask, happen, mailAt, close } = await startStage();
  const readers = ["ada", "ben", "sam"];
  await db.run(sql`UPDATE users SET zone = 'UTC', digest_hour = 8`);
  for (const reader of readers) await ask(reader, "hourly");
  await ask("ada", "immediately", { type: "source-request.created" });
  await happen("SR-1");
  await happen("SR-2", "source-request.created");
  const [spread, left] = [4 * minute, [] as string[]];
  for (let at = monday + hour; at <= monday + hour + spread; at += minute) {
    for (const { to, headers } of await mailAt(at, spread)) {
      left.push(`${headers["X-Callboard-Frequency"]} ${to.split("@")[0]}`);
      if (headers["X-Callboard-Frequency"] === "immediately") equal(at, monday + hour);
    }
  }
  deepEqual(left.sort(), ["hourly ada", "hourly ben", "hourly sam", "immediately ada"]);
  const emails = await db.query.emails.findMany();
  ok(new Set(emails.map(({ sendAt }) => sendAt)).size > 2);
  await close();
});
