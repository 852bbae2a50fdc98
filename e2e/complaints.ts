import type { BrowserContext } from "playwright-core";

/** What the pages of a browser complain about from now on: errors of scripts, and whatever their policy forbade. */
export async function complaintsOf(context: BrowserContext): Promise<string[]> {
  const complaints: string[] = [];
  context.on("weberror", (error) => complaints.push(error.error().message));
  await context.exposeBinding("complain", (_, complaint: string) => complaints.push(complaint));
  await context.addInitScript({ path: new URL("complaints.js", import.meta.url).pathname });
  return complaints;
}
