import type { Browser } from "playwright-core";
import { findChromium, startChromium } from "./chromium.ts";

// Chromium starts once for each file of tests: that takes as long as many a test.

let chromium: Browser | null = null;

Deno.test.beforeAll(async () => {
  chromium = await startChromium();
});

Deno.test.afterAll(async () => {
  await chromium?.close();
});

/** Registers a test in front of a real browser, without the cookies and pages of the tests before. */
export function browserTest(
  name: string,
  body: (browser: Browser, t: Deno.TestContext) => Promise<void>,
): void {
  Deno.test({ name, ignore: findChromium() === null, fn: (t) => inFrontOf(chromium!, body, t) });
}

async function inFrontOf(
  browser: Browser,
  body: (browser: Browser, t: Deno.TestContext) => Promise<void>,
  t: Deno.TestContext,
): Promise<void> {
  try {
    await body(browser, t);
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
  }
}
