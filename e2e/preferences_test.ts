import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import type { BrowserContextOptions, Page } from "playwright-core";
import { castTest } from "./cast.ts";
import { coveredFocus, movingThings, styleOf } from "./in_page.js";

// What people set in their system or browser is honoured: little room, less motion, more contrast, colours of their own.

/** Marcus, who has many notifications, in a browser that is set in some way. */
function browserTest(
  name: string,
  options: BrowserContextOptions,
  body: (page: Page) => Promise<void>,
): void {
  castTest(
    name,
    async ({ visit }) => await body(await visit({ ...options, who: "marcus-okafor" })),
  );
}

const shortScreen = { viewport: { width: 320, height: 480 } };

browserTest("nothing that sticks ever covers what has the focus", shortScreen, async (page) => {
  const stops = await page.locator("main :is(a, button, input, select):visible").count();
  ok(stops > 25, `${stops} stops`);
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let stop = 0; stop < stops; stop += 1) {
      await page.keyboard.press(key);
      deepEqual(await page.evaluate(coveredFocus), [], `${key} number ${stop}`);
    }
  }
});

const wide = { viewport: { width: 1280, height: 800 } };

browserTest("who wants less motion gets none", wide, async (page) => {
  await page.goto("/notifications/new");
  await page.getByRole("dialog").waitFor();
  deepEqual(await page.evaluate(movingThings), ["window"]);
  await page.emulateMedia({ reducedMotion: "reduce" });
  deepEqual(await page.evaluate(movingThings), []);
});

browserTest(
  "who wants more contrast gets ink for what was soft, and edges for lines",
  wide,
  async (page) => {
    const ink = await page.evaluate(styleOf, "body");
    const usual = await page.evaluate(styleOf, ".row-kind");
    notEqual(usual.color, ink.color);
    await page.emulateMedia({ contrast: "more" });
    equal((await page.evaluate(styleOf, ".row-kind")).color, ink.color);
  },
);

browserTest(
  "colours of one's own keep what is chosen, new, drawn or focused in sight",
  wide,
  async (page) => {
    await page.emulateMedia({ forcedColors: "active" });
    const text = await page.evaluate(styleOf, "body");
    const search = page.getByRole("searchbox");
    await search.focus();
    const { outlineStyle, outlineWidth } = await page.evaluate(styleOf, ":focus");
    deepEqual([outlineStyle, outlineWidth], ["solid", "2px"]);
    equal((await page.evaluate(styleOf, ".row-bars")).stroke, text.color);
    equal((await page.evaluate(styleOf, ".primary")).borderTopWidth, "1px");

    await page.goto("/notifications/new?type=source-request.delivered");
    equal((await page.evaluate(styleOf, ".bars rect")).fill, text.color);

    await page.goto(await page.getByRole("listitem").first().getAttribute("id").then(addressOf));
    const fresh = await page.evaluate(styleOf, '[aria-current="true"]');
    equal(fresh.borderLeftWidth, "3px");
  },
);

/** The address that highlights the notification with this id in the page. */
function addressOf(id: string | null): string {
  return `/notifications/${id!.replace(/\D/g, "")}`;
}
