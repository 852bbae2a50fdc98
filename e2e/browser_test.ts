import { equal } from "node:assert/strict";
import { browserTest } from "./browser.ts";

browserTest("Chromium starts and shows a page", async (browser) => {
  const page = await browser.newPage();
  await page.setContent("<h1>Callboard</h1>");
  equal(await page.getByRole("heading").innerText(), "Callboard");
});
