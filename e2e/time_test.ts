import { equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { findChromium, startChromium } from "./chromium.ts";
import { startDemo } from "./demo_server.ts";

// What the page says about time, in browsers of different zones.

const noon = Date.parse("2026-11-20T12:00:00Z");

/** Opens the panel of somebody of the cast in a browser that lives in a zone. */
type Visit = (name: string, timezoneId: string, javaScriptEnabled?: boolean) => Promise<Page>;

function inBrowser(name: string, body: (visit: Visit) => Promise<void>): void {
  Deno.test({
    name,
    ignore: findChromium() === null,
    fn: async () => {
      const demo = await startDemo(noon);
      const browser = (await startChromium())!;
      try {
        await body(async (name, timezoneId, javaScriptEnabled = true) => {
          const options = { baseURL: demo.url, timezoneId, javaScriptEnabled };
          const context = await browser.newContext(options);
          context.setDefaultTimeout(10_000);
          const page = await context.newPage();
          await page.goto("/sign-in");
          await page.getByRole("button", { name: `Sign in as ${name}` }).click();
          await page.goto("/notifications");
          return page;
        });
      } finally {
        await browser.close();
        await demo.close();
      }
    },
  });
}

inBrowser(
  "whose zone was guessed is asked once, in a browser that lives elsewhere",
  async (visit) => {
    const notice = (page: Page) => page.getByText("This browser is in");
    equal(await notice(await visit("Nora Whitlock", "Asia/Seoul")).isVisible(), false);
    equal(await notice(await visit("Samir Haddad", "UTC")).isVisible(), false);
    equal(await notice(await visit("Samir Haddad", "Asia/Seoul", false)).isVisible(), false);

    const page = await visit("Samir Haddad", "America/Argentina/Buenos_Aires");
    await page.getByText("Your mail comes by UTC time. This browser is in Buenos Aires.").waitFor();
    await page.getByRole("button", { name: /^Use .*Buenos_Aires$/ }).click();
    await page.getByRole("status").getByText("it is now 09:00, Buenos Aires").waitFor();
    equal(await notice(page).isVisible(), false);
    equal(await notice(await visit("Samir Haddad", "Asia/Seoul")).isVisible(), false);
  },
);

for (const javaScriptEnabled of [true, false]) {
  inBrowser(
    `a notification is snoozed until Monday ${javaScriptEnabled ? "with" : "without"} JavaScript`,
    async (visit) => {
      const page = await visit("Ana Ruiz", "America/Los_Angeles", javaScriptEnabled);
      const row = page.getByRole("listitem", { name: "Inspection Failed" });
      await row.getByRole("button", { name: "Actions for Inspection Failed" }).click();
      await row.getByRole("menuitem", { name: "Snooze" }).click();
      await page.getByRole("button", { name: "Next Monday, Mon 23 Nov" }).click();
      await row.getByText("Snoozed until Mon 23 Nov").waitFor();
      const status = page.getByRole("status");
      await status.getByText("Snoozed: Inspection Failed").waitFor();
      await status.getByRole("button", { name: "Undo" }).click();
      await row.getByText("Snoozed until").waitFor({ state: "detached" });
    },
  );
}
