import { deepEqual, equal, match } from "node:assert/strict";
import type { Page } from "playwright-core";
import { listen } from "./announcements.js";
import { appendEvents } from "../db/events.ts";
import { mail } from "../jobs/sweep.ts";
import { startApp } from "./app.ts";
import { browserTest } from "./browser.ts";
import { keysOf } from "./keys.ts";
import { event } from "./stage.ts";

// Everything that a partner does, by keyboard alone: each control is reached by Tab, the focus is where one goes on
// afterwards, and a screen reader is told once what was done.

browserTest(
  "a partner does everything by keyboard alone, and hears once what was done",
  async (browser, t) => {
    const app = await startApp({ demo: true });
    try {
      await app.create("ana", { type: "source-request.delivered", frequency: "immediately" });
      await mailDelivery(app);
      const baseURL = app.listen();
      const context = await browser.newContext({ baseURL, reducedMotion: "reduce" });
      context.setDefaultTimeout(20_000);
      await context.addInitScript(listen);
      await walk(t, await context.newPage());
    } finally {
      await app.close();
    }
  },
);

/** Lets a source be delivered, and mails it to whom it concerns. */
async function mailDelivery({ db, clock }: Awaited<ReturnType<typeof startApp>>): Promise<void> {
  const type = "source-request.delivered";
  await appendEvents(db, [
    event({ id: "1", subject: "SR-1", type, data: { content_type: "branded" } }),
  ], clock.now);
  const settings = { baseUrl: "http://localhost", mailDomain: "localhost" };
  await mail({
    ...{ db, ...settings, secretKey: "s".repeat(32), now: () => clock.now },
    sendEmail: () => Promise.resolve("taken"),
    report: (_, error) => {
      throw error;
    },
  });
}

async function walk(t: Deno.TestContext, page: Page): Promise<void> {
  const { press, type, reach, focusOn, heard } = keysOf(page);
  const step = async (name: string, body: () => Promise<void>) => {
    if (!await t.step(name, body)) throw new Error(`stopped at: ${name}\n${page.url()}`);
  };
  const window = page.getByRole("dialog", { name: "Notification settings" });
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const link = (name: string) => page.getByRole("link", { name, exact: true });
  const dots = (of: string) => button(`Actions for ${of}`);
  const undo = page.getByRole("status").getByRole("button", { name: "Undo" });
  const choose = async (item: string) => {
    await press("Enter");
    await reach(page.getByRole("menuitem", { name: item, exact: true }), "ArrowDown");
    await press("Enter");
  };

  await step("signs in, past the way to skip what repeats", async () => {
    await page.goto("/sign-in");
    await press("Tab");
    await focusOn(link("Skip to the content"));
    await reach(button("Sign in as Ana Ruiz"));
    await press("Enter");
    await reach(link("Notification settings"));
    await press("Enter");
    await page.getByRole("heading", { name: "Email notification settings" }).waitFor();
  });

  await step("creates a notification, and the focus is on it", async () => {
    await reach(link("Create Notifications"));
    await press("Enter");
    await focusOn(window.getByLabel("Notify me when"));
    await type("Redelivery");
    await heard();
    await reach(window.getByLabel("Branded", { exact: true }));
    await press("Space");
    await reach(window.getByLabel("Frequency"));
    await type("Daily");
    await heard();
    await reach(window.getByRole("button", { name: "Save" }));
    await press("Enter");
    deepEqual(await heard(), [
      "Saved: Redelivery Requested where content type is Branded, daily Undo",
    ]);
    await focusOn(page.locator('[aria-current="true"]').getByRole("button", { name: /^Actions/ }));
  });

  await step("closes the window, and the focus is where it came from", async () => {
    await choose("Duplicate");
    await focusOn(window.getByLabel("Notify me when"));
    await press("Escape");
    await window.waitFor({ state: "detached" });
    await focusOn(page.locator('[aria-current="true"]').getByRole("button", { name: /^Actions/ }));
  });

  await step("edits it, and the focus is on it again", async () => {
    await choose("Edit");
    await window.waitFor();
    await reach(window.getByLabel("Frequency"));
    await type("Hourly");
    await heard();
    await reach(window.getByRole("button", { name: "Save" }));
    await press("Enter");
    deepEqual(await heard(), [
      "Saved: Redelivery Requested where content type is Branded, hourly Undo",
    ]);
    await focusOn(page.locator('[aria-current="true"]').getByRole("button", { name: /^Actions/ }));
  });

  await step("mutes, and undoes it from the message", async () => {
    await page.goto("/notifications");
    await reach(dots("Source Delivered").first());
    await choose("Mute");
    match((await heard()).join("\n"), /^Muted: Source Delivered.* Undo$/);
    await focusOn(dots("Source Delivered").first());
    await reach(undo);
    await press("Enter");
    match((await heard()).join("\n"), /^Undone.*$/);
    await focusOn(dots("Source Delivered").first());
  });

  await step("deletes, and undoes it by the keys that undo everywhere", async () => {
    const own = page.getByRole("region", { name: "Hourly" }).getByRole("listitem", {
      name: "Redelivery Requested",
    });
    await reach(own.getByRole("button"));
    await choose("Delete");
    match((await heard()).join("\n"), /^Deleted: Redelivery Requested.* Undo$/);
    equal(await own.count(), 0);
    const neighbour = page.getByRole("button", { name: /^Actions/ }).and(page.locator(":focus"));
    const name = await neighbour.getAttribute("aria-label");
    await press("Control+z");
    match((await heard()).join("\n"), /^Undone.*$/);
    equal(await own.count(), 1);
    equal(await neighbour.getAttribute("aria-label"), name);
  });

  await step("searches, and leaves the search", async () => {
    await reach(page.getByRole("searchbox"), "Shift+Tab");
    await type("branded");
    match((await heard()).at(-1) ?? "", /^2 of \d+$/);
    equal(await page.locator(".row:visible").count(), 2);
    await press("Escape");
    await page.locator(".row").nth(3).waitFor();
    await focusOn(page.getByRole("searchbox"));
    await heard();
  });

  await step("mutes several at once, and takes it back", async () => {
    await reach(page.getByRole("checkbox", { name: "Select Request Critical" }));
    await press("Space");
    const last = "You are the last at Meridian Post who hears about";
    deepEqual(await heard(), ["1 selected", `${last} Request Critical`]);
    await reach(page.getByRole("checkbox", { name: "Select Request At Risk" }), "Shift+Tab");
    await press("Space");
    deepEqual(await heard(), ["2 selected", `${last} Request At Risk and Request Critical`]);
    await reach(button("Mute"));
    await press("Enter");
    match((await heard()).join("\n"), /^Muted: 2 notifications\..* Undo$/);
    await reach(undo);
    await press("Enter");
    match((await heard()).join("\n"), /^Undone.*$/);
    equal(await page.getByText("Muted", { exact: true }).count(), 0);
  });

  await step("snoozes until a day", async () => {
    await reach(dots("Request Critical"), "Shift+Tab");
    await choose("Snooze");
    await page.getByRole("heading", { name: "Snooze" }).waitFor();
    await reach(page.getByRole("button", { name: /^Tomorrow/ }));
    await press("Enter");
    await page.getByText("Snoozed until").first().waitFor();
    match((await heard()).join("\n"), /^Snoozed.* Undo$/);
  });

  await step("changes when mail comes", async () => {
    await reach(link("When mail comes"));
    await press("Enter");
    await reach(page.getByLabel("Hour"));
    await type("10");
    await reach(button("Save"));
    await press("Enter");
    await page.getByText("Saved. It is now").waitFor();
    match((await heard()).join("\n"), /^Saved.*Madrid/);
  });

  await step("follows a suggestion, and takes it back", async () => {
    await page.goto("/notifications");
    await reach(link("What fills your inbox"));
    await press("Enter");
    await reach(button("Mute: Redelivery Requested"));
    await press("Enter");
    await undo.waitFor();
    match((await heard()).join("\n"), /^Muted: Redelivery Requested.* Undo$/);
    await reach(undo);
    await press("Enter");
    await page.getByText("Undone").waitFor();
    match((await heard()).join("\n"), /^Undone.*$/);
  });

  await step("opens an email from the history, and mutes what made it", async () => {
    await reach(link("History"));
    await press("Enter");
    await reach(page.getByRole("link", { name: /^Source Delivered/ }));
    await press("Enter");
    await page.getByRole("heading", { name: /^Source Delivered/, level: 1 }).waitFor();
    await reach(button("Mute").first());
    await press("Enter");
    await undo.waitFor();
    match((await heard()).join("\n"), /^Muted: Source Delivered.* Undo$/);
  });

  await step("looks into the history, and signs out", async () => {
    await reach(link("History").first());
    await press("Enter");
    await reach(page.getByRole("searchbox", { name: "Search the history" }));
    await type("zebra");
    equal((await heard()).at(-1), "0 found");
    await reach(button("Sign out"), "Shift+Tab");
    await press("Enter");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });
}
