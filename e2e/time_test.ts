import { equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { castTest } from "./cast.ts";

// What the page says about time, in browsers of different zones.

castTest(
  "whose zone was guessed is asked once, in a browser that lives elsewhere",
  async ({ visit }) => {
    const notice = (page: Page) => page.getByText("This browser is in");
    const [nora, samir] = [{ who: "nora-whitlock" }, { who: "samir-haddad" }];
    const seoul = { timezoneId: "Asia/Seoul" };
    for (
      const quiet of [
        { ...nora, ...seoul },
        { ...samir, timezoneId: "UTC" },
        { ...samir, ...seoul, javaScriptEnabled: false },
      ]
    ) equal(await notice(await visit(quiet)).isVisible(), false);

    const page = await visit({ ...samir, timezoneId: "America/Argentina/Buenos_Aires" });
    await page.getByText("Your mail comes by UTC time. This browser is in Buenos Aires.").waitFor();
    await page.getByRole("button", { name: /^Use .*Buenos_Aires$/ }).click();
    await page.getByRole("status").getByText("it is now 09:00, Buenos Aires").waitFor();
    equal(await notice(page).isVisible(), false);
    equal(await notice(await visit({ ...samir, ...seoul })).isVisible(), false);
  },
);

for (const javaScriptEnabled of [true, false]) {
  castTest(
    `a notification is snoozed until Monday ${javaScriptEnabled ? "with" : "without"} JavaScript`,
    async ({ visit }) => {
      const page = await visit({ timezoneId: "America/Los_Angeles", javaScriptEnabled });
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
