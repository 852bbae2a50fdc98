import { equal } from "node:assert/strict";
import { findChromium, startChromium } from "./chromium.ts";

Deno.test({
  name: "Chromium starts and shows a page",
  ignore: findChromium() === null,
  async fn() {
    const browser = (await startChromium())!;
    try {
      const page = await browser.newPage();
      await page.setContent("<h1>Callboard</h1>");
      equal(await page.getByRole("heading").innerText(), "Callboard");
    } finally {
      await browser.close();
    }
  },
});
