import { equal, match } from "node:assert/strict";
import { castTest } from "./cast.ts";

// The forecast asks while somebody types; whatever it is just asking, Save goes first.

castTest("the forecast follows what is chosen, and never overtakes Save", async ({ visit }) => {
  const page = await visit();
  // A slow save leaves the forecast time to ask while it is under way.
  await page.route((url) => url.pathname === "/notifications", async (route) => {
    if (route.request().method() === "POST") await page.waitForTimeout(500);
    await route.continue();
  });
  const forecast = page.getByRole("region", { name: "What it would do" });

  // Save before the question is asked, while it is, and after.
  for (const [wait, frequency] of [[0, "Hourly"], [240, "Daily"], [600, "Weekly"]] as const) {
    await page.goto("/notifications/new?type=source-request.delivered");
    const everything = await forecast.locator("strong").first().innerText();
    await page.getByLabel("Branded", { exact: true }).check();
    await forecast.getByText(everything).waitFor({ state: "hidden" });
    match(await forecast.locator("strong").first().innerText(), /^\d+ events?$/);
    await page.getByLabel("Frequency").selectOption(frequency);
    await page.waitForTimeout(wait);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("status").filter({ hasText: `Branded, ${frequency.toLowerCase()}` })
      .waitFor();
    equal(await page.getByRole("dialog").count(), 0);
  }
});
