import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { loadNotifications } from "../db/panel.ts";
import { type Ana, anaTest, choose } from "./ana.ts";

// Undo, and several notifications at once, as they are pressed and typed.

const redelivery = "Redelivery Requested";
const critical = "Request Critical";

const messageOf = (page: Page) => page.getByRole("status").locator(".message");
const undo = (page: Page) => messageOf(page).getByRole("button", { name: "Undo" });
const row = (page: Page, label: string) => page.getByRole("listitem", { name: label, exact: true });

async function focusOn(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).and(page.locator(":focus")).first()
    .waitFor();
}

async function mutedTypes({ app }: Ana): Promise<string[]> {
  const { notifications } = await loadNotifications(app.db, "ana");
  return notifications.filter(({ mutedAt }) => mutedAt !== null).map(({ type }) => type).sort();
}

anaTest(
  "what was just done can be undone from its message, which leaves after ten seconds",
  async (ana) => {
    const page = await ana.open("/schedule");
    await page.clock.install();
    await page.goto("/notifications");
    await choose(page, critical, "Mute");
    await row(page, critical).getByText("Muted", { exact: true }).waitFor();
    await undo(page).click();
    await page.mouse.move(600, 10);
    await messageOf(page).getByText("Undone: Request Critical, immediately is as it was").waitFor();
    await row(page, critical).getByText("Muted", { exact: true }).waitFor({ state: "detached" });
    await focusOn(page, `Actions for ${critical}`);
    deepEqual(await mutedTypes(ana), []);

    await page.clock.fastForward(9_000);
    equal(await messageOf(page).count(), 1);
    await page.clock.fastForward(1_500);
    equal(await messageOf(page).count(), 0);
  },
);

anaTest("a message that is being used stays", async (ana) => {
  const page = await ana.open("/schedule");
  await page.clock.install();
  await page.goto("/notifications");
  await choose(page, critical, "Mute");
  await undo(page).focus();
  await page.clock.fastForward(60_000);
  await page.keyboard.press("Shift+Tab");
  await messageOf(page).hover();
  await page.clock.fastForward(60_000);
  equal(await messageOf(page).count(), 1);
  await page.mouse.move(600, 10);
  await page.clock.fastForward(2_000);
  equal(await messageOf(page).count(), 0);
});

anaTest("the keyboard undoes what it did, and finds the focus where the row was", async (ana) => {
  await ana.app.create("ana");
  const page = await ana.open();
  await row(page, redelivery).last().getByRole("button", { name: /Actions/ }).press("Enter");
  const chosen = page.getByRole("menuitem").and(page.locator(":focus"));
  await chosen.waitFor();
  await page.keyboard.press("End");
  await chosen.and(page.getByRole("menuitem", { name: "Delete" })).waitFor();
  await page.keyboard.press("Enter");
  await messageOf(page).getByText("Deleted: Redelivery Requested").waitFor();
  equal(await row(page, redelivery).count(), 1);
  // The focus follows when the page has settled.
  const focused = page.locator(".row :focus");
  await focused.waitFor();
  const name = await focused.getAttribute("aria-label");
  await page.keyboard.press("Control+z");
  await messageOf(page).getByText("is as it was").waitFor();
  equal(await row(page, redelivery).count(), 2);
  await page.locator(`.row [aria-label="${name}"]:focus`).waitFor();
});

anaTest(
  "several are selected across searches, and muted and unmuted with one press each",
  async (ana) => {
    const page = await ana.open();
    const bar = page.getByRole("form", { name: "What is selected" });
    equal(await bar.isVisible(), false);
    await page.getByRole("checkbox", { name: `Select ${critical}` }).check();
    await bar.getByText("1 selected", { exact: true }).waitFor();
    const lastNote = bar.getByText(
      "You are the last at Meridian Post who hears about Request Critical",
      { exact: true },
    );
    equal(await lastNote.isVisible(), true);
    // Enter in a check box presses nothing.
    await page.keyboard.press("Enter");
    const search = page.getByRole("searchbox", { name: "Search notifications" });
    await search.fill("comment");
    await bar.getByText("1 selected, 1 not shown").waitFor();
    equal(await lastNote.isVisible(), true);
    await page.getByRole("checkbox", { name: "Select Comment Added" }).press("Space");
    await bar.getByText("2 selected, 1 not shown").waitFor();
    await bar.getByRole("button", { name: "Mute", exact: true }).click();
    await messageOf(page).getByText("Muted: 2 notifications").waitFor();
    equal(await bar.isVisible(), false);
    await page.waitForURL(/\?q=comment$/);
    deepEqual(await mutedTypes(ana), ["source-request.comment-added", "source-request.critical"]);
    await undo(page).click();
    await messageOf(page).getByText("2 notifications are as they were").waitFor();
    deepEqual(await mutedTypes(ana), []);
    await page.getByRole("checkbox", { name: "Select Comment Added" }).check();
    equal(await lastNote.isVisible(), false);
  },
);

anaTest("what a search hides stays selected when the list is made anew", async (ana) => {
  await ana.app.create("ana");
  const page = await ana.open();
  const bar = page.getByRole("form", { name: "What is selected" });
  await page.getByRole("checkbox", { name: `Select ${critical}` }).check();
  await page.getByRole("searchbox", { name: "Search notifications" }).fill("redelivery custom");
  await bar.getByText("1 selected, 1 not shown").waitFor();
  await choose(page, redelivery, "Delete");
  await messageOf(page).getByText("Deleted: Redelivery Requested").waitFor();
  equal(await bar.getByText("1 selected, 1 not shown").isVisible(), true);
  await bar.getByRole("button", { name: "Mute", exact: true }).click();
  await messageOf(page).getByText("Muted: Request Critical").waitFor();
  deepEqual(await mutedTypes(ana), ["source-request.critical"]);
});

anaTest(
  "a whole group is selected at once, and what cannot follow stays and says why",
  async (ana) => {
    await ana.app.create("ana", { frequency: "hourly" });
    const page = await ana.open();
    const group = page.getByRole("checkbox", { name: "Select all: Hourly" });
    const bar = page.getByRole("form", { name: "What is selected" });
    await group.check();
    await bar.getByText("2 selected", { exact: true }).waitFor();
    await page.getByRole("checkbox", { name: "Select Comment Added" }).uncheck();
    equal(await group.isChecked(), false);
    await bar.getByRole("button", { name: "Clear" }).click();
    equal(await bar.isVisible(), false);
    await group.check();
    await bar.getByLabel("How often").selectOption("Daily");
    await bar.getByRole("button", { name: "Change frequency" }).click();
    await messageOf(page).getByText(
      "1 of 2 stays: the frequency of a Default notification comes with your roles",
    ).waitFor();
    await page.getByRole("region", { name: "Daily" }).getByRole("listitem", { name: redelivery })
      .waitFor();
  },
);
