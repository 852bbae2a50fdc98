import type { Page } from "playwright-core";
import { doubleText, misfits } from "./in_page.js";

/** What does not fit on the narrowest phone, and on half a desk with the text at twice its size. */
export async function reflowFindings(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 640 });
  const narrow = await page.evaluate(misfits);
  await page.setViewportSize({ width: 640, height: 480 });
  await page.evaluate(doubleText);
  const large = await page.evaluate(misfits);
  return [
    ...narrow.map((misfit) => `320 pixels wide: ${misfit}`),
    ...large.map((misfit) => `text twice as large: ${misfit}`),
  ];
}
