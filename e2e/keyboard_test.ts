import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { startApp } from "./app.ts";
import { browserTest } from "./browser.ts";

/** Ana's settings panel, opened in a real browser, and what goes wrong in it. */
async function withPanel(
  browser: Browser,
  body: (page: Page, problems: string[]) => Promise<void>,
): Promise<void> {
  const app = await startApp({ demo: true });
  const problems: string[] = [];
  try {
    const baseURL = app.listen();
    const context = await browser.newContext({ baseURL, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (said) => said.type() === "error" && problems.push(said.text()));
    await page.goto("/sign-in?next=/notifications");
    await page.getByRole("button", { name: "Sign in as Ana Ruiz" }).press("Enter");
    await page.getByRole("heading", { name: "Email notification settings" }).waitFor();
    await body(page, problems);
  } finally {
    await app.close();
  }
}

type Role = "button" | "menuitem";

/** Waits until the focus is on the control of that name. */
async function focusOn(page: Page, role: Role, name: string): Promise<void> {
  await page.getByRole(role, { name, exact: true }).and(page.locator(":focus")).waitFor();
}

function panelTest(name: string, body: (page: Page, problems: string[]) => Promise<void>): void {
  browserTest(name, (browser) => withPanel(browser, body));
}

panelTest("the three dots can be worked by keyboard alone", async (page, problems) => {
  const dots = "Actions for Request Critical";
  await page.getByRole("button", { name: dots }).press("Enter");
  await focusOn(page, "menuitem", "Duplicate");
  await page.keyboard.press("ArrowDown");
  await focusOn(page, "menuitem", "Mute");
  await page.keyboard.press("End");
  await focusOn(page, "menuitem", "Snooze");
  await page.keyboard.press("ArrowDown");
  await focusOn(page, "menuitem", "Duplicate");
  await page.keyboard.press("Escape");
  await focusOn(page, "button", dots);

  await page.keyboard.press("Enter");
  await focusOn(page, "menuitem", "Duplicate");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("Muted: Request Critical").waitFor();
  const row = page.getByRole("listitem", { name: "Request Critical" });
  await row.getByText("Muted", { exact: true }).waitFor();
  await focusOn(page, "button", dots);
  deepEqual(problems, []);
});

panelTest("the window asks before it throws work away, and only then", async (page, problems) => {
  const create = page.getByRole("link", { name: "Create Notifications" });
  const window = page.getByRole("dialog", { name: "Notification settings" });
  await create.press("Enter");
  await window.waitFor();
  await page.keyboard.press("Escape");
  await window.waitFor({ state: "detached" });

  await create.press("Enter");
  await window.getByLabel("Notify me when").selectOption("Source Delivered");
  await window.getByRole("checkbox", { name: "Branded" }).check();
  await page.keyboard.press("Escape");
  await window.getByText("Throw away what you changed?").waitFor();
  await focusOn(page, "button", "Keep editing");
  await page.keyboard.press("Enter");
  ok(await window.getByRole("checkbox", { name: "Branded" }).isChecked());
  await window.getByRole("link", { name: "Cancel" }).click();
  await window.getByRole("button", { name: "Throw away" }).click();
  await window.waitFor({ state: "detached" });
  deepEqual(problems, []);
});

panelTest("choosing a group chooses its members, and the other way round", async (page) => {
  await page.goto("/notifications/new?type=source-request.created");
  const window = page.getByRole("dialog", { name: "Notification settings" });
  const box = (name: string) => window.getByRole("checkbox", { name, exact: true });
  await box("Timed Text").check();
  ok(await box("SDH/CC").isChecked());
  await box("SDH/CC").uncheck();
  ok(!await box("Timed Text").isChecked());
  ok(await box("Subtitle").isChecked());
  await box("SDH/CC").check();
  ok(await box("Timed Text").isChecked());
  await window.getByRole("button", { name: "Save" }).click();
  const saved = page.locator('[aria-current="true"]');
  match(await saved.innerText(), /source type is Timed Text/);
});

panelTest(
  "the search narrows the list while one types, and its address can be shared",
  async (page) => {
    await page.getByLabel("Search notifications").pressSequentially("critical");
    // A slow machine answers letters on the way, too.
    await page.waitForURL(/\?q=critical$/);
    await page.getByText("1 of ").waitFor();
    equal(await page.getByRole("listitem").count(), 1);
    await page.reload();
    equal(await page.getByRole("listitem").count(), 1);
    equal(await page.getByLabel("Search notifications").inputValue(), "critical");
  },
);

panelTest("an error stays in sight until it is dismissed", async (page) => {
  await page.context().setOffline(true);
  await page.getByRole("link", { name: "Create Notifications" }).click();
  const alert = page.getByRole("alert");
  match(await alert.innerText(), /could not be reached/);
  await alert.getByRole("button", { name: "Dismiss" }).click();
  equal(await alert.count(), 0);
});
