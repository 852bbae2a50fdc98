import type { BrowserContextOptions, Page } from "playwright-core";
import { startChromium } from "./chromium.ts";
import { startDemo } from "./demo_server.ts";

// Takes the pictures of the README, so that they stay true.

const folder = new URL("../docs/pictures/", import.meta.url).pathname;
const noon = Date.parse("2026-11-20T12:00:00Z");
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
const desk = { viewport: { width: 1280, height: 800 } };

const browser = await startChromium();
if (!browser) Deno.exit(1);
const demo = await startDemo(noon);
await demo.mail();
await Deno.mkdir(folder, { recursive: true });

await shoot("panel", desk, openPanel);
await shoot("window", desk, openWindow);
await shoot("noise", desk, (page) => openAs(page, "/noise"));
await shoot("history", desk, (page) => openAs(page, "/history"));
await shoot("dark", { ...desk, colorScheme: "dark" }, openPanel);
await shoot("phone", { ...phone, colorScheme: "light" }, openPanel);
await shoot("phone-window", { ...phone, colorScheme: "dark" }, openWindow);

await browser.close();
await demo.close();

function openPanel(page: Page): Promise<void> {
  return openAs(page, "/notifications");
}

async function openWindow(page: Page): Promise<void> {
  await openPanel(page);
  await page.getByRole("link", { name: "Create Notifications" }).click();
  await page.getByLabel("Notify me when").selectOption({ label: "Redelivery Requested" });
  await page.getByLabel("Branded", { exact: true }).check();
  await page.getByLabel("Video & Audio", { exact: true }).check();
  const sentence = page.getByRole("region", { name: "What it would do" }).locator("p").first();
  await sentence.filter({ hasText: "Branded and source type is Video & Audio" }).waitFor();
}

async function openAs(page: Page, path: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in as Marcus Okafor" }).click();
  await page.goto(path);
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
