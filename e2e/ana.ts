import { deepEqual } from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { createSession } from "../db/sessions.ts";
import { startApp } from "./app.ts";
import { complaintsOf } from "./complaints.ts";
import { browserTest } from "./browser.ts";

/** Ana at her settings panel, in a real browser. */
export interface Ana {
  app: Awaited<ReturnType<typeof startApp>>;
  context: BrowserContext;
  /** Opens the panel in a further tab. */
  open(path?: string): Promise<Page>;
}

/** Registers a test of what Ana sees and does; no script may complain meanwhile. */
export function anaTest(name: string, body: (ana: Ana) => Promise<void>): void {
  browserTest(name, (browser) => withAna(browser, body));
}

async function withAna(browser: Browser, body: (ana: Ana) => Promise<void>): Promise<void> {
  const app = await startApp();
  const baseURL = app.listen();
  try {
    const context = await browser.newContext({ baseURL, reducedMotion: "reduce" });
    const problems = await complaintsOf(context);
    context.setDefaultTimeout(20_000);
    const session = await createSession(app.db, "ana", app.clock.now);
    await context.addCookies([{ name: "session", value: session, url: baseURL }]);
    await body({
      app,
      context,
      async open(path = "/notifications") {
        const page = await context.newPage();
        await page.goto(path);
        return page;
      },
    });
    deepEqual(problems, []);
  } finally {
    await app.close();
  }
}

/** Chooses something from the three dots of a row. */
export async function choose(page: Page, label: string, action: string): Promise<void> {
  const row = page.getByRole("listitem", { name: label, exact: true }).last();
  await row.getByRole("button", { name: `Actions for ${label}` }).click();
  await row.getByRole("menuitem", { name: action, exact: true }).click();
}
