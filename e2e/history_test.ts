import { equal, match, ok } from "node:assert/strict";
import { outboxSender } from "../jobs/outbox.ts";
import { sweep } from "../jobs/sweep.ts";
import { type Cast, castTest, noon } from "./cast.ts";
import type { DemoServer } from "./demo_server.ts";

// From an email that was one too many to fewer of them, and from an event to why, in a real browser.

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  castTest(
    `an email is found again, and what made it is muted and narrowed, ${how} JavaScript`,
    async (cast) => await walk(cast, javaScriptEnabled),
  );
}

castTest("back and forward go from search to search of the history too", async (cast) => {
  await sendAll(cast.demo);
  const page = await cast.visit({ who: "nora-whitlock", path: "/history" });
  const box = page.getByRole("searchbox", { name: "Search the history" });
  const count = page.locator("#history-count");
  await box.fill("redelivery");
  await box.press("Enter");
  await count.getByText(/found/).waitFor();
  const found = await count.innerText();
  await box.fill("no such thing");
  await count.getByText("0 found").waitFor();
  await page.goBack();
  await count.getByText(found, { exact: true }).waitFor();
  equal(await box.inputValue(), "redelivery");
  await page.goBack();
  await page.getByRole("heading", { name: "What comes next" }).waitFor();
  equal(await box.inputValue(), "");
});

async function walk({ demo, visit }: Cast, javaScriptEnabled: boolean): Promise<void> {
  await sendAll(demo);
  const page = await visit({ who: "nora-whitlock", javaScriptEnabled });
  await page.getByRole("banner").getByRole("link", { name: "History" }).click();
  await page.getByRole("heading", { name: "What comes next" }).waitFor();
  await page.getByRole("searchbox", { name: "Search the history" }).fill("redelivery sent");
  if (!javaScriptEnabled) await page.getByRole("button", { name: "Search" }).click();
  await page.waitForURL(/q=redelivery/);
  await page.locator("#history-list").getByRole("link", { name: "Redelivery Requested" }).first()
    .click();

  const letter = page.frameLocator('iframe[title="The email as it was sent"]');
  match(await letter.getByRole("heading", { level: 1 }).innerText(), /redelivery was requested/i);
  await page.getByRole("button", { name: "Mute" }).first().click();
  await page.getByRole("status").getByText("Muted:").waitFor();
  await page.getByText("(muted since)").first().waitFor();
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await page.getByRole("status").getByText("Undone:").waitFor();
  equal(await page.getByText("(muted since)").count(), 0);

  const email = page.url();
  await page.locator('li a[href^="/events/"]').first().click();
  await page.getByRole("heading", { name: "Were you told?" }).waitFor();
  await page.getByText("Matched: this one is why.").first().waitFor();
  await page.goto(email);
  await page.getByRole("link", { name: "Narrow" }).first().click();
  await page.getByText("Now left out: title").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").getByText("Saved: Redelivery Requested").waitFor();
  const shown = page.getByRole("listitem", { name: "Redelivery Requested" });
  ok((await shown.allInnerTexts()).some((text) => /title is not/.test(text)));
}

/** Sends what the demo owes, as its clock would. */
async function sendAll({ db, url }: DemoServer): Promise<void> {
  const now = () => noon;
  const sendEmail = outboxSender(db, { from: "Callboard", mailDomain: "localhost", now });
  const settings = { mailDomain: "localhost", secretKey: "the secret of these tests, long enough" };
  await sweep({
    ...{ db, sendEmail, now, baseUrl: url, retentionDays: 400, ...settings },
    report: (_, error) => {
      throw error;
    },
  });
}
