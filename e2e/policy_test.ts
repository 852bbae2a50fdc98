import { deepEqual, equal } from "node:assert/strict";
import { startApp } from "./app.ts";
import { browserTest } from "./browser.ts";
import { complaintsOf } from "./complaints.ts";
import { until } from "./until.ts";

/** What a script that does not belong here could try, run in the page; the names of the errors that it gets. */
const attempts = `[
  () => document.body.innerHTML = "<b>Here</b>",
  () => document.createElement("script").src = "/elsewhere.js",
  () => document.createElement("script").text = "alert(1)",
  () => trustedTypes.createPolicy("another", {}),
].map((attempt) => {
  try {
    return attempt();
  } catch ({ name }) {
    return name;
  }
})`;

browserTest(
  "whatever finds its way into a page makes no HTML, no script and no policy of its own there",
  async (browser) => {
    const { listen, close } = await startApp();
    try {
      const context = await browser.newContext();
      const complaints = await complaintsOf(context);
      const page = await context.newPage();
      await page.goto(`${listen()}/sign-in`);
      equal(complaints.length, 0);
      const refused = await page.evaluate<string[]>(attempts);
      deepEqual(refused, Array(4).fill("TypeError"));
      await until(() => complaints.length === refused.length);
      deepEqual(complaints.map((each) => each.split(" ")[0]), [
        ...Array(3).fill("require-trusted-types-for"),
        "trusted-types",
      ]);
    } finally {
      await close();
    }
  },
);
