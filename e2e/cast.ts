import { deepEqual } from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { createSession } from "../db/sessions.ts";
import { browserTest } from "./browser.ts";
import { type DemoServer, startDemo } from "./demo_server.ts";

/** Friday 20 November 2026, noon UTC: when the demo of these tests is visited. */
export const noon = Date.parse("2026-11-20T12:00:00Z");

/** Who looks at which page, in a browser that is set in some way. */
export interface Visit extends BrowserContextOptions {
  /** The id of somebody of the cast. */
  who?: string;
  path?: string;
}

/** The demo, and its cast in front of real browsers. */
export interface Cast {
  demo: DemoServer;
  /** Opens a page in a browser in which that person is signed in. */
  visit(visit?: Visit): Promise<Page>;
}

/** Registers a test of what people of the cast see and do in the demo; no script may complain meanwhile. */
export function castTest(name: string, body: (cast: Cast) => Promise<void>): void {
  browserTest(name, (browser) => withCast(browser, body));
}

async function withCast(browser: Browser, body: (cast: Cast) => Promise<void>): Promise<void> {
  const demo = await startDemo(noon);
  const complaints: string[] = [];
  try {
    await body({
      demo,
      async visit({ who = "ana-ruiz", path = "/notifications", ...options } = {}) {
        const context = await browser.newContext({ ...options, baseURL: demo.url });
        context.setDefaultTimeout(20_000);
        const session = await createSession(demo.db, who, noon);
        await context.addCookies([{ name: "session", value: session, url: demo.url }]);
        const page = await context.newPage();
        page.on("pageerror", (error) => complaints.push(error.message));
        page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
        await page.goto(path);
        return page;
      },
    });
    // A browser also notes every answer that is an error or is lost, whether or not the page is ready for it.
    deepEqual(complaints.filter((said) => !/Failed to (load resource|fetch)/.test(said)), []);
  } finally {
    await demo.close();
  }
}
