import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { sql } from "drizzle-orm";
import { createSession } from "../db/sessions.ts";
import { loadNotifications } from "../db/panel.ts";
import { type Ana, anaTest, choose } from "./ana.ts";

// What can go wrong between a page and its server. Whatever it is, the page says what happened, and what was typed stays.

const redelivery = "Redelivery Requested";

function windowOf(page: Page) {
  const dialog = page.getByRole("dialog", { name: "Notification settings" });
  return {
    dialog,
    alert: dialog.getByRole("alert"),
    movie: dialog.locator('[name="where.movie_id"]'),
    original: dialog.getByRole("checkbox", { name: "Original", exact: true }),
    save: () => dialog.getByRole("button", { name: "Save" }).click(),
  };
}

/** The window for a new notification, with something chosen in it. */
async function fillIn(page: Page) {
  await page.goto("/notifications/new?type=source-request.delivered");
  const window = windowOf(page);
  await window.original.check();
  return window;
}

async function own({ app }: Ana) {
  const { notifications } = await loadNotifications(app.db, "ana");
  return notifications.filter(({ kind }) => kind === "custom");
}

/** Waits until what was created stands highlighted in the list, and asserts that it stands there once. */
async function expectSaved(ana: Ana, page: Page): Promise<void> {
  await page.locator('[aria-current="true"]', { hasText: "Original" }).waitFor();
  await page.getByRole("status").getByText("Saved: Source Delivered").waitFor();
  equal((await own(ana)).length, 1);
}

anaTest(
  "one that was deleted in another tab leaves the list, and an alert says why",
  async (ana) => {
    await ana.app.create("ana");
    const [here, there] = [await ana.open(), await ana.open()];
    await choose(there, redelivery, "Delete");
    await there.getByRole("status").getByText("Deleted").waitFor();
    const rows = here.getByRole("listitem", { name: redelivery, exact: true });
    equal(await rows.count(), 2);
    await choose(here, redelivery, "Mute");
    await here.getByRole("alert").getByText("deleted before, in another window").waitFor();
    equal(await rows.count(), 1);
  },
);

anaTest("what was typed for one that is gone can be saved as a new one", async (ana) => {
  await ana.app.create("ana");
  const [here, there] = [await ana.open(), await ana.open()];
  await choose(here, redelivery, "Edit");
  const window = windowOf(here);
  await window.original.check();
  await choose(there, redelivery, "Delete");
  await there.getByRole("status").getByText("Deleted").waitFor();

  await window.save();
  await window.alert.getByText("was deleted in another window").waitFor();
  ok(await window.original.isChecked());
  equal(await here.getByRole("dialog").count(), 1);
  await window.save();
  await here.locator('[aria-current="true"]', { hasText: "Branded or Original" }).waitFor();
  equal((await own(ana)).length, 1);
});

anaTest(
  "of two tabs that edit one notification the second is told, and overwrites nothing",
  async (ana) => {
    await ana.app.create("ana");
    const [here, there] = [await ana.open(), await ana.open()];
    for (const page of [here, there]) await choose(page, redelivery, "Edit");
    const [first, second] = [windowOf(here), windowOf(there)];
    await first.dialog.getByLabel("Frequency").selectOption("Hourly");
    await first.save();
    await here.getByRole("status").getByText("Saved").waitFor();

    await second.original.check();
    await second.save();
    await second.alert.getByText("was changed in another window").waitFor();
    ok(await second.original.isChecked());
    deepEqual((await own(ana)).map(({ frequency, version }) => [frequency, version]), [[
      "hourly",
      2,
    ]]);
    await second.alert.getByRole("link", { name: "Load what is saved now" }).click();
    await second.alert.waitFor({ state: "detached" });
    equal(await second.dialog.getByLabel("Frequency").inputValue(), "hourly");
    equal(await there.getByRole("dialog").count(), 1);
  },
);

anaTest("a lost network in the middle of a save loses nothing", async (ana) => {
  const page = await ana.open();
  const window = await fillIn(page);
  await ana.context.setOffline(true);
  await window.save();
  match(await window.alert.innerText(), /could not be reached, so this may not be saved/);
  ok(await window.original.isChecked());
  await window.dialog.getByRole("button", { name: "Save" }).and(page.locator(":focus")).waitFor();
  await ana.context.setOffline(false);
  await page.keyboard.press("Enter");
  await expectSaved(ana, page);
});

anaTest("where only the answer was lost, saving again finds it saved", async (ana) => {
  const page = await ana.open();
  const window = await fillIn(page);
  const path = /\/notifications$/;
  await page.route(path, async (route) => {
    if (route.request().method() === "POST") await route.fetch();
    await route.abort();
  });
  await window.save();
  await window.alert.getByText("could not be reached").waitFor();
  equal((await own(ana)).length, 1);
  await page.unroute(path);
  await window.save();
  await expectSaved(ana, page);
});

anaTest(
  "an answer of 500 is an alert with a number to quote, and saving again works",
  async (ana) => {
    const page = await ana.open();
    const window = await fillIn(page);
    try {
      // Something that nobody foresaw.
      await ana.app.db.run(sql`
        CREATE TRIGGER broken BEFORE INSERT ON changes BEGIN SELECT json('{'); END`);
      await window.save();
      await window.alert.getByText(/Nothing was changed.* quote [0-9a-f-]{36}/).waitFor();
    } finally {
      await ana.app.db.run(sql`DROP TRIGGER broken`);
    }
    ok(await window.original.isChecked());
    await window.save();
    await expectSaved(ana, page);
  },
);

anaTest("an answer of 500 to a search is said, and what was typed goes on", async (ana) => {
  const page = await ana.open();
  const box = page.getByRole("searchbox", { name: "Search notifications" });
  const rows = page.locator("#list").getByRole("listitem");
  const all = await rows.count();
  try {
    await ana.app.db.run(sql`UPDATE users SET roles = '{' || roles`);
    await box.pressSequentially("critica");
    await page.getByRole("alert").getByText(/Nothing was changed.* quote [0-9a-f-]{36}/).waitFor();
  } finally {
    await ana.app.db.run(sql`UPDATE users SET roles = substr(roles, 2)`);
  }
  equal(await box.inputValue(), "critica");
  equal(await rows.count(), all);
  await box.press("l");
  await page.getByText(/^1 of \d+$/).waitFor();
});

anaTest(
  "the error page of a server in front of ours does not take the place of the form",
  async (ana) => {
    const page = await ana.open();
    const window = await fillIn(page);
    const path = /\/notifications$/;
    await page.route(
      path,
      (route) =>
        route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" }),
    );
    await window.save();
    await window.alert.getByText("could not be reached").waitFor();
    ok(await window.original.isChecked());
    await page.unroute(path);
    await window.save();
    await expectSaved(ana, page);
  },
);

anaTest("who was signed out meanwhile signs in elsewhere and goes on", async (ana) => {
  const page = await ana.open();
  const window = await fillIn(page);
  const { db, clock } = ana.app;
  await db.run(sql`DELETE FROM sessions`);
  await window.save();
  await window.alert.getByText("You were signed out meanwhile").waitFor();
  ok(await window.original.isChecked());
  const url = new URL(page.url()).origin;
  const value = await createSession(db, "ana", clock.now);
  await ana.context.addCookies([{ name: "session", value, url }]);
  await window.save();
  await expectSaved(ana, page);
});
