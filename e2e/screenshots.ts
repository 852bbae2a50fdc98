import type { BrowserContextOptions, Page } from "playwright-core";
import { startChromium } from "./chromium.ts";
import { startDemo } from "./demo_server.ts";

// Takes the pictures of the README, so that they stay true.

const folder = new URL("../docs/pictures/", import.meta.url).pathname;
const noon = Date.parse("2026-11-20T12:00:00Z");
const desk = { viewport: { width: 1280, height: 800 } };

const browser = await startChromium();
if (!browser) Deno.exit(1);
const demo = await startDemo(noon);
await Deno.mkdir(folder, { recursive: true });

await shoot("panel", desk, openPanel);
await shoot("window", desk, async (page) => {
  await openPanel(page);
  await page.getByRole("link", { name: "Create Notifications" }).click();
  await page.getByLabel("Notify me when").selectOption({ label: "Redelivery Requested" });
  await page.getByLabel("Branded", { exact: true }).check();
  await page.getByLabel("Video & Audio", { exact: true }).check();
});

await browser.close();
await demo.close();

async function openPanel(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in as Marcus Okafor" }).click();
  await page.goto("/notifications");
}

async function shoot(
  name: string,
  options: BrowserContextOptions,
  prepare: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser!.newContext({ ...options, baseURL: demo.url });
  const page = await context.newPage();
  await prepare(page);
  await page.screenshot({ path: `${folder}${name}.png` });
  console.log(`docs/pictures/${name}.png`);
  await context.close();
}
