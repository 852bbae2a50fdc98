import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

// Sending it takes longer than running it: the small one, and once for each page.
const source = await Deno.readTextFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")));

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** What axe-core finds wrong with a page as it stands, one line for each element. */
export async function axeFindings(
  page: Page,
  { isLetter = false, isCovered = false } = {},
): Promise<string[]> {
  if (!await page.evaluate("'axe' in window")) await page.evaluate(source);
  const options = {
    runOnly: isLetter ? wcag : [...wcag, "best-practice"],
    // Off by default, because it is young: WCAG 2.2 asks for targets of 24 by 24 pixels.
    rules: { "target-size": { enabled: !isCovered } },
    // What stands in a frame is a page of its own, and is looked at as one.
    iframes: false,
    resultTypes: ["violations"],
  };
  const run = `axe.run(${JSON.stringify(options)})`;
  const { violations } = await page.evaluate<AxeResults>(run);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`)
  );
}
