import { deepEqual, equal, ok } from "node:assert/strict";
import type { Browser, Locator, Page } from "playwright-core";
import { browserTest } from "./browser.ts";
import { startDemo } from "./demo_server.ts";
import { until } from "./until.ts";

// Rows 1 to 15 of what a partner does, in a real browser, by role and name: with JavaScript and without.

const noon = Date.parse("2026-11-20T12:00:00Z");

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  browserTest(`a partner sets up their notifications ${how} JavaScript`, async (browser, t) => {
    const demo = await startDemo(noon);
    try {
      await walk(t, { browser, url: demo.url, javaScriptEnabled });
    } finally {
      await demo.close();
    }
  });
}

interface Walk {
  browser: Browser;
  url: string;
  javaScriptEnabled: boolean;
}

async function walk(t: Deno.TestContext, { browser, url, javaScriptEnabled }: Walk): Promise<void> {
  const context = await browser.newContext({
    javaScriptEnabled,
    baseURL: url,
    viewport: { width: 1280, height: 900 },
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const step = async (name: string, body: () => Promise<void>) => {
    if (!await t.step(name, body)) throw new Error(`stopped at: ${name}\n${page.url()}`);
  };
  const panel = panelOf(page, javaScriptEnabled);

  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in as Ana Ruiz" }).click();

  await step("1: the gear in the top right corner opens the settings", async () => {
    const gear = page.getByRole("banner").getByRole("link", { name: "Notification settings" });
    const box = (await gear.boundingBox())!;
    ok(box.x > 640 && box.y < 100, "the gear is not in the top right corner");
    await gear.click();
    await page.getByRole("heading", { name: "Email notification settings" }).waitFor();
  });

  await step(
    "2: Default notifications follow from the roles, and can be muted or duplicated only",
    async () => {
      const row = panel.row("Inspection Failed");
      await row.getByText("Default").waitFor();
      equal(await page.getByRole("listitem", { name: "QC Task Assigned" }).count(), 0);
      deepEqual(await panel.actions(row, "Inspection Failed"), ["Duplicate", "Mute", "Snooze"]);
    },
  );

  await step(
    "4, 5: Create Notifications opens the window with the event types of these roles",
    async () => {
      await page.getByRole("link", { name: "Create Notifications" }).or(
        page.getByRole("button", { name: "Create Notifications" }),
      ).click();
      await panel.window.waitFor();
      const offered = await panel.window.getByLabel("Notify me when").locator("option")
        .allInnerTexts();
      ok(offered.includes("Redelivery Requested"));
      ok(!offered.includes("QC Task Assigned"));
    },
  );

  await step("6, 7: conditions and frequencies depend on the event type", async () => {
    await panel.chooseType("QC Report Available");
    await panel.window.getByRole("group", { name: "Where" }).getByText("QC kind").first().waitFor();
    await panel.chooseType("Redelivery Requested");
    const where = panel.window.getByRole("group", { name: "Where", exact: true });
    await where.getByText("Blocker").first().waitFor();
    equal(await where.getByText("QC kind").count(), 0);
    await where.getByLabel("Branded", { exact: true }).check();
    await where.getByLabel("Video & Audio", { exact: true }).check();
    const frequency = panel.window.getByLabel("Frequency");
    deepEqual(await frequency.locator("option").allInnerTexts(), [
      "Immediately",
      "Hourly",
      "Daily",
    ]);
    await frequency.selectOption("Daily");
  });

  await step(
    "8, 9, 3: what is saved stands highlighted in its group, as Custom, and a message says so",
    async () => {
      await panel.save();
      await page.getByRole("status").filter({ hasText: "Redelivery Requested" }).waitFor();
      const row = panel.group("Daily").locator('[aria-current="true"]');
      await row.waitFor();
      equal(await row.getAttribute("aria-label"), "Redelivery Requested");
      ok((await row.innerText()).includes("Custom"));
      ok(
        (await row.innerText()).includes(
          "content type is Branded and source type is Video & Audio",
        ),
      );
      await panel.window.waitFor({ state: "hidden" });
    },
  );

  const mine = panel.group("Daily").getByRole("listitem", { name: "Redelivery Requested" });

  await step("10: the three dots mute and unmute at once", async () => {
    await panel.act(mine, "Redelivery Requested", "Mute");
    await mine.getByText("Muted", { exact: true }).waitFor();
    await panel.act(mine, "Redelivery Requested", "Unmute");
    await mine.getByText("Muted", { exact: true }).waitFor({ state: "hidden" });
  });

  await step(
    "11, 12: a duplicate comes filled in, and saving it unchanged says that it exists",
    async () => {
      await panel.act(mine, "Redelivery Requested", "Duplicate");
      ok(await panel.window.getByLabel("Branded", { exact: true }).isChecked());
      ok(await panel.window.getByLabel("Video & Audio", { exact: true }).isChecked());
      equal(await panel.window.getByLabel("Frequency").inputValue(), "daily");
      await panel.save();
      const alert = panel.window.getByRole("alert");
      await alert.getByText("already exists").waitFor();
      equal(await alert.getByRole("link").count(), 1);
      ok(
        await panel.window.getByLabel("Branded", { exact: true }).isChecked(),
        "what was typed is gone",
      );
      await panel.window.getByLabel("Original", { exact: true }).check();
      await panel.save();
      await page.getByText("content type is Branded or Original").first().waitFor();
    },
  );

  await step("11: a Default one can be duplicated too", async () => {
    await panel.act(panel.row("Inspection Failed"), "Inspection Failed", "Duplicate");
    equal(
      await panel.window.getByLabel("Notify me when").inputValue(),
      "source-request.inspection-failed",
    );
    await panel.window.getByLabel("Frequency").selectOption("Hourly");
    await panel.save();
    await panel.group("Hourly").getByRole("listitem", { name: "Inspection Failed" }).getByText(
      "Custom",
    ).waitFor();
  });

  await step("13: editing opens the same window, filled in", async () => {
    const row = mine.filter({ hasText: "Branded or Original" });
    await panel.act(row, "Redelivery Requested", "Edit");
    ok(await panel.window.getByLabel("Original", { exact: true }).isChecked());
    await panel.window.getByLabel("Frequency").selectOption("Hourly");
    await panel.save();
    await panel.group("Hourly").getByRole("listitem", { name: "Redelivery Requested" }).waitFor();
    equal(await mine.count(), 1);
  });

  await step(
    "15: the list narrows to what is searched for: events, conditions, frequency, kind, state",
    async () => {
      await panel.search("branded or");
      await panel.listed(["Redelivery Requested"]);
      await panel.search("hourly custom inspection");
      await panel.listed(["Inspection Failed"]);
      await panel.search("muted");
      await page.getByText("Nothing matches").waitFor();
      await panel.search("");
      await panel.row("Source Delivered").waitFor();
    },
  );

  await step("14: a Custom one can be deleted", async () => {
    await panel.act(mine, "Redelivery Requested", "Delete");
    await page.getByRole("status").filter({ hasText: "Redelivery Requested" }).waitFor();
    await mine.waitFor({ state: "detached" });
    await page.reload();
    equal(await mine.count(), 0);
  });

  deepEqual(complaints.filter((text) => !text.includes("409")), []);
  await context.close();
}

/** The panel as a person uses it; without JavaScript there are two buttons more. */
function panelOf(page: Page, hasScript: boolean) {
  const window = page.getByRole("dialog", { name: "Notification settings" });
  const openMenu = async (row: Locator, type: string) => {
    await row.getByRole("button", { name: `Actions for ${type}` }).click();
    return row.getByRole("menuitem");
  };
  return {
    window,
    row: (type: string) => page.getByRole("listitem", { name: type }).first(),
    group: (frequency: string) => page.getByRole("region", { name: frequency, exact: true }),
    async actions(row: Locator, type: string) {
      const items = await openMenu(row, type);
      const names = (await items.allInnerTexts()).map((text) => text.trim()).sort();
      await page.keyboard.press("Escape");
      return names;
    },
    async act(row: Locator, type: string, action: string) {
      const items = await openMenu(row, type);
      await items.filter({ hasText: new RegExp(`^${action}$`) }).click();
    },
    async chooseType(label: string) {
      await window.getByLabel("Notify me when").selectOption({ label });
      if (!hasScript) await window.getByRole("button", { name: "Show conditions" }).click();
    },
    async save() {
      const button = window.getByRole("button", { name: "Save" });
      const [box, frame] = [await button.boundingBox(), await window.boundingBox()];
      ok(box!.x + box!.width > frame!.x + frame!.width / 2, "Save is not at the right");
      await button.click();
    },
    async search(words: string) {
      const box = page.getByRole("searchbox", { name: "Search notifications" });
      await box.fill("");
      if (hasScript) await box.pressSequentially(words, { delay: 20 });
      else {
        await box.fill(words);
        await page.getByRole("button", { name: "Search" }).click();
      }
    },
    async listed(types: string[]) {
      const rows = page.locator("#list").getByRole("listitem");
      const names = () =>
        rows.evaluateAll((items) => items.map((item) => item.getAttribute("aria-label")));
      await until(async () => `${await names()}` === `${types}`);
      deepEqual(await names(), types);
    },
  };
}
