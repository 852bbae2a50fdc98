import { equal, match, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { castTest } from "./cast.ts";

// From too much mail to quiet, in a real browser: with JavaScript and without.

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  castTest(
    `somebody with too much mail follows a suggestion and takes it back ${how} JavaScript`,
    async ({ visit }) =>
      await followAndUndo(await visit({ who: "marcus-okafor", javaScriptEnabled })),
  );
  castTest(
    `the last who hears of a deadline reads so beside Mute, and after it, ${how} JavaScript`,
    async ({ visit }) =>
      await muteTheLast(await visit({ who: "isabel-teixeira", javaScriptEnabled })),
  );
}

async function followAndUndo(page: Page): Promise<void> {
  await page.getByRole("link", { name: "What fills your inbox" }).click();
  await page.getByRole("heading", { name: "What fills your inbox" }).waitFor();
  const emails = async () =>
    Number(/^[\d,]+/.exec(await page.locator(".amounts strong").first().innerText())![0]);
  const before = await emails();
  const suggestion = page.getByRole("listitem").filter({ hasText: "Daily instead of" }).first();
  const saved = Number(/(\d+) fewer emails/.exec(await suggestion.innerText())![1]);
  ok(saved >= 9);

  await suggestion.getByRole("button", { name: "Change to daily" }).click();
  const message = page.getByRole("status").filter({ hasText: "Frequency changed" });
  await message.waitFor();
  equal(await emails(), before - saved);

  await message.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("status").filter({ hasText: "Undone" }).waitFor();
  match(page.url(), /\/noise/);
  equal(await emails(), before);
}

async function muteTheLast(page: Page): Promise<void> {
  const note = "You are the last at Saltmarsh Localization who hears about Request Critical";
  const row = page.getByRole("listitem", { name: "Request Critical" }).first();
  await row.getByRole("button", { name: "Actions for Request Critical" }).click();
  ok(await row.getByText(note).isVisible());
  const mute = row.getByRole("menuitem", { name: "Mute" });
  equal(await page.locator(`#${await mute.getAttribute("aria-describedby")}`).innerText(), note);
  await mute.click();
  const silence = page.getByRole("status").filter({
    hasText: "Nobody at Saltmarsh Localization hears about Request Critical now",
  });
  await silence.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("status").filter({ hasText: "Undone" }).waitFor();
  await row.getByRole("button", { name: "Actions for Request Critical" }).click();
  await row.getByText(note).waitFor();
}
