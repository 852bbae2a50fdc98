import axe from "axe-core";
import type { Page } from "playwright-core";

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** What axe-core finds wrong with a page as it stands, one line for each element. */
export async function axeFindings(
  page: Page,
  { isLetter = false, isCovered = false } = {},
): Promise<string[]> {
  await page.evaluate(axe.source);
  const options = {
    runOnly: isLetter ? wcag : [...wcag, "best-practice"],
    // Off by default, because it is young: WCAG 2.2 asks for targets of 24 by 24 pixels.
    rules: { "target-size": { enabled: !isCovered } },
    // What stands in a frame is a page of its own, and is looked at as one.
    iframes: false,
    resultTypes: ["violations" as const],
  };
  const { violations } = await page.evaluate((options) => axe.run(options), options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`)
  );
}
