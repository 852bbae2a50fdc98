import type { Locator, Page } from "playwright-core";
import { takeAnnouncements } from "./announcements.js";

/** With more stops than this nobody would get there. */
const mostStops = 150;

/** A page by its keys alone. */
export function keysOf(page: Page) {
  const { keyboard } = page;
  const has = (control: Locator) => control.evaluate((it) => it === it.ownerDocument.activeElement);
  return {
    press: (key: string) => keyboard.press(key),
    type: (text: string) => keyboard.type(text),
    /** Goes on by Tab until the control has the focus. */
    async reach(control: Locator, key = "Tab"): Promise<void> {
      for (let stop = 0; stop < mostStops; stop += 1) {
        if (await control.count() === 1 && await has(control)) return;
        await keyboard.press(key);
      }
      throw new Error(`Cannot reach ${control} by ${key}: it is not among ${mostStops} stops`);
    },
    async focusOn(control: Locator): Promise<void> {
      await control.and(page.locator(":focus")).waitFor();
    },
    /** What was said since the last time; waits until somebody has spoken and fallen silent again. */
    async heard(): Promise<string[]> {
      const said: string[] = [];
      for (let quiet = 0; quiet < 10 || (said.length === 0 && quiet < 400); quiet += 1) {
        const more = await page.evaluate(takeAnnouncements);
        said.push(...more);
        if (more.length > 0) quiet = 0;
        await page.waitForTimeout(50);
      }
      return said;
    },
  };
}
