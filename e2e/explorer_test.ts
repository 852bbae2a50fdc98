import { equal, match } from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { appendEvents } from "../db/events.ts";
import { parseEvent } from "../domain/events.ts";
import { browserTest } from "./browser.ts";
import { startDemo } from "./demo_server.ts";
import { cloudEvent } from "./upstream.ts";

// The studio looks through the log and follows it, in a real browser.

const noon = Date.parse("2026-11-20T12:00:00Z");

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  browserTest(
    `the log is filtered, followed and paused, and an event says whom it reached, ${how} JavaScript`,
    (browser) => walk(browser, javaScriptEnabled),
  );
}

async function walk(browser: Browser, javaScriptEnabled: boolean): Promise<void> {
  const demo = await startDemo(noon);
  const happen = async (subject: string) => {
    const posted = parseEvent(cloudEvent({ id: subject, subject }));
    if (typeof posted === "string") throw new Error(posted);
    await appendEvents(demo.db, [posted], noon);
  };
  try {
    const context = await browser.newContext({ javaScriptEnabled, baseURL: demo.url });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Sign in as Grace Lindqvist" }).click();
    await page.getByRole("link", { name: "Event explorer" }).click();

    await page.getByLabel("Event type").selectOption({ label: "Redelivery Requested" });
    await page.getByText("More filters").click();
    await page.getByLabel("Account", { exact: true }).fill("meridian");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.waitForURL(/type=source-request\.redelivery-requested&q=&account=meridian/);
    await page.getByRole("link", { name: "Follow" }).click();
    await page.getByRole("link", { name: "Pause" }).waitFor();

    await happen("SR-70001");
    if (!javaScriptEnabled) await page.getByRole("link", { name: "Refresh" }).click();
    await firstRow(page).getByText("SR-70001").waitFor();
    await page.getByRole("link", { name: "Pause" }).click();
    await page.getByRole("link", { name: "Follow" }).waitFor();
    equal(await page.locator("[hx-trigger^=every]").count(), 0);

    await firstRow(page).getByRole("link", { name: "Redelivery Requested" }).click();
    const reached = page.getByRole("region", { name: "Whom it reached, and why" });
    match(await reached.innerText(), /Marcus Okafor, Meridian Post\s+No email yet\./);
    equal(complaints.join(), "");
  } finally {
    await demo.close();
  }
}

function firstRow(page: Page) {
  return page.locator("#log").getByRole("listitem").first();
}
