import { deepEqual, equal, match } from "node:assert/strict";
import { createApiKey } from "../db/api_keys.ts";
import { openMailing } from "../jobs/mailing.ts";
import { mailgunSender } from "../jobs/mailgun.ts";
import { createApp } from "../routes/app.tsx";
import { temporaryDatabase } from "./database.ts";
import { startMailgun } from "./mailgun_server.ts";
import { minute, monday, setStage } from "./stage.ts";
import { until } from "./until.ts";
import { cloudEvent } from "./upstream.ts";

// From the 202 to the provider's acceptance, without any cron. Time stands still until a timer rings.

const mailgunKey = "key-for-the-loopback";
const domain = "mg.callboard.example";
const config = {
  ...{ baseUrl: "https://callboard.example", mailDomain: domain, demo: false },
  secretKey: "the secret of these tests, long enough",
};

Deno.test("whoever took an event mails it at once, and what a burst held when its minute is over", async () => {
  const { db, close } = await temporaryDatabase();
  const mailgun = await startMailgun({ apiKey: mailgunKey, domain });
  try {
    const { ask } = await setStage(db);
    await ask("sam", "immediately", { type: "source-request.redelivery-requested" });
    let time = monday;
    const now = () => time;
    const timers: { work: () => void; at: number }[] = [];
    const problems: unknown[] = [];
    const sendEmail = mailgunSender({
      ...{ apiKey: mailgunKey, domain, url: mailgun.url },
      from: "Callboard <notifications@mg.callboard.example>",
    });
    const parts = { ...config, db, now, sendEmail };
    const report = (_: string, error: unknown) => problems.push(error);
    const mailNow = openMailing(
      { ...parts, report },
      (work, left) => void timers.push({ work, at: time + left }),
    );
    const app = createApp({ ...parts, config, report, dispatch: () => void mailNow() });
    const authorization = `Bearer ${await createApiKey(db, { name: "backlot" }, now())}`;

    for (let count = 1; count <= 20; count += 1) {
      const response = await app.request("/api/events", {
        method: "POST",
        headers: { authorization, "content-type": "application/cloudevents+json" },
        body: JSON.stringify(cloudEvent({ id: `${count}` })),
      });
      equal(response.status, 202);
      await until(() => mailgun.messages.length >= Math.min(count, 2));
    }
    // What still runs for the last of them sees that it is held.
    await mailNow();
    equal(mailgun.messages.length, 2);
    equal(timers.length, 1);
    time = timers[0]!.at;
    timers[0]!.work();
    await until(() => mailgun.messages.length >= 3);
    match(mailgun.messages[2]!.text!, /^18 events in one email: /);
    await mailNow();
    equal(mailgun.messages.length, 3);
    equal(now() - monday >= minute, true);
    deepEqual(problems, []);
  } finally {
    await mailgun.stop();
    await close();
  }
});
