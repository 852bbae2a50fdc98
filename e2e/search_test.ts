import { deepEqual, equal, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { castTest, type Visit } from "./cast.ts";
import { until } from "./until.ts";

// The search as somebody types: on a slow line, with the browser's history, and without any script.

interface Scene {
  page: Page;
  /** What was found, by the names of the list items. */
  found(): Promise<(string | null)[]>;
  /** Resolves when just these are found. */
  finds(types: string[]): Promise<void>;
  box: ReturnType<Page["getByRole"]>;
}

function searchTest(
  name: string,
  body: (scene: Scene) => Promise<void>,
  options: Visit = {},
) {
  castTest(name, async ({ visit }) => await body(sceneOf(await visit(options))));
}

function sceneOf(page: Page): Scene {
  const rows = page.locator("#list").getByRole("listitem");
  const found = () =>
    rows.evaluateAll((items) => items.map((item) => item.getAttribute("aria-label")));
  return {
    page,
    box: page.getByRole("searchbox", { name: "Search notifications" }),
    found,
    async finds(types) {
      await until(async () => `${await found()}` === `${types}`);
      deepEqual(await found(), types);
    },
  };
}

/** Lets the answers to some searches come late. */
async function slowDown(page: Page, delays: Record<string, number>) {
  await page.route((url) => url.searchParams.has("q"), async (route) => {
    const query = new URL(route.request().url()).searchParams.get("q")!;
    await new Promise((resolve) => setTimeout(resolve, delays[query] ?? 0));
    await route.continue().catch(() => {}); // asked for no more
  });
}

/** Stops the time at which the keys of a page are pressed; resolves to a function that lets some of it pass. */
async function holdTime(page: Page): Promise<(milliseconds: number) => Promise<void>> {
  let now = 0;
  const tell = () =>
    page.evaluate((now) => {
      Object.defineProperty(Event.prototype, "timeStamp", { get: () => now, configurable: true });
    }, now);
  await tell();
  return (milliseconds) => {
    now += milliseconds;
    return tell();
  };
}

searchTest(
  "nothing is lost on fast typing, and no older answer replaces a newer one",
  async ({ page, box, finds }) => {
    await slowDown(page, { critical: 1_500 });
    const asked: string[] = [];
    page.on("request", (request) => {
      const query = new URL(request.url()).searchParams.get("q");
      if (query !== null) asked.push(query);
    });
    const begun = performance.now();
    await box.pressSequentially("critical", { delay: 10 });
    await until(() => asked.includes("critical"));
    await box.press("Home");
    await box.pressSequentially("at risk ", { delay: 10 });
    await box.press("End");
    for (let letter = 0; letter < 9; letter += 1) await box.press("Backspace");
    const pauses = (performance.now() - begun) / 150; // as many as a slow machine had time for
    await finds(["Request At Risk"]);
    await page.waitForTimeout(1_500);
    await finds(["Request At Risk"]);
    equal(await box.inputValue(), "at risk");
    equal(await box.evaluate((input) => input.matches(":focus")), true);
    ok(asked.includes("critical") && asked.length <= 1 + pauses, `${asked}, ${pauses} pauses`);
    equal(await page.getByText(/^1 of \d+$/).count(), 1);
  },
);

searchTest(
  "what is typed while an answer comes has its address as well",
  async ({ page, box, finds }) => {
    await page.route(/\?q=c$/, async (route) => {
      const response = await route.fetch();
      await box.fill("critical");
      await route.fulfill({ response });
    });
    await box.fill("c");
    await finds(["Request Critical"]);
    await page.waitForURL(/\?q=critical$/);
  },
);

searchTest(
  "back and forward go from search to search, one for each that was settled",
  async ({ page, box, found, finds }) => {
    const timePasses = await holdTime(page);
    const all = await found();
    await box.pressSequentially("crit");
    await page.waitForURL(/\?q=crit$/);
    await timePasses(1_900);
    await box.pressSequentially("ical");
    await page.waitForURL(/\?q=critical$/);
    await finds(["Request Critical"]);
    await timePasses(2_100);
    await box.fill("");
    await box.pressSequentially("redelivery");
    await finds(["Redelivery Requested"]);
    await page.waitForURL(/\/notifications\?q=redelivery$/);
    await page.goBack();
    await finds(["Request Critical"]);
    equal(await box.inputValue(), "critical");
    await page.waitForURL(/\?q=critical$/);
    await page.goBack();
    await finds(all.map(String));
    equal(await box.inputValue(), "");
    await page.waitForURL(/\/notifications$/);
    await page.goForward();
    await page.goForward();
    await finds(["Redelivery Requested"]);
    equal(await box.inputValue(), "redelivery");

    await page.goto("/schedule");
    await page.goBack();
    await finds(["Redelivery Requested"]);
    equal(await box.inputValue(), "redelivery");
  },
);

searchTest(
  "an address with a search can be shared, and what matched is marked",
  async ({ page, box, finds }) => {
    await page.goto("/notifications?q=redelvery");
    await finds(["Redelivery Requested"]);
    equal(await box.inputValue(), "redelvery");
    deepEqual(await page.locator("mark").allInnerTexts(), ["Redelivery"]);
    await box.press("Escape");
    await page.getByRole("listitem", { name: "Source Delivered" }).first().waitFor();
    equal(await box.inputValue(), "");
    await page.waitForURL(/\/notifications$/);
    await box.fill("critical");
    await box.press("Enter");
    await finds(["Request Critical"]);
  },
);

/** What the list shows, with its marks. */
function shownIn(page: Page): Promise<string[]> {
  const parts = page.locator("#list .row:visible").locator(".sentence, .row-state, .row-kind");
  return parts.evaluateAll((all) => all.map((part) => part.innerHTML));
}

searchTest(
  "rows that the page has are found and marked in it as the server would",
  async ({ page, box }) => {
    const whole = await shownIn(page);
    const asked: string[] = [];
    page.on("response", async (answer) => {
      if (answer.url().includes("?q=")) asked.push(await answer.text());
    });
    for (
      const query of [
        "branded",
        "custom inspction",
        "at risk",
        "spanish",
        "weekly timed text",
        "muted",
        "video &",
      ]
    ) {
      await box.fill(query);
      await page.waitForURL((url) => url.searchParams.get("q") === query);
      await page.getByText(/^\d+ of \d+$/).waitFor();
      const here = await shownIn(page);
      const there = await page.context().newPage();
      await there.goto(page.url());
      deepEqual(here, await shownIn(there), query);
      const sort = (of: Page) => of.locator(".list-sort").getAttribute("href");
      equal(await sort(page), await sort(there));
      ok(here.length > 0 && here.length < whole.length, query);
      await there.close();
    }
    ok(asked.length > 0 && asked.every((answer) => !answer.includes("<li")), asked.join());
    await box.fill("");
    await page.waitForURL((url) => !url.searchParams.has("q"));
    await page.locator("#list mark").first().waitFor({ state: "detached" });
    deepEqual(await shownIn(page), whole);
  },
  { who: "marcus-okafor" },
);

searchTest(
  "after a change in another window a search brings the rows anew",
  async ({ page, box, finds }) => {
    const there = await page.context().newPage();
    await there.goto("/notifications");
    const row = there.getByRole("listitem", { name: "Request Critical" });
    await row.getByRole("button", { name: "Actions for Request Critical" }).click();
    await row.getByRole("menuitem", { name: "Mute" }).click();
    await row.getByText("Muted", { exact: true }).waitFor();
    await box.fill("critical");
    await finds(["Request Critical"]);
    await page.getByRole("listitem").getByText("Muted", { exact: true }).waitFor();
  },
);

searchTest(
  "what is typed before the script comes is searched for as well",
  async ({ page, box, finds }) => {
    await page.route(/\.js$/, async (route) => {
      await page.waitForTimeout(500);
      await route.continue();
    });
    await page.goto("/notifications", { waitUntil: "commit" });
    await box.fill("critical");
    await finds(["Request Critical"]);
    equal(await box.inputValue(), "critical");
  },
);

searchTest("a lost network is said, and keeps what was typed", async ({ page, box, finds }) => {
  await page.context().setOffline(true);
  await box.pressSequentially("critica");
  await page.getByRole("alert").getByText("could not be reached").waitFor();
  equal(await box.inputValue(), "critica");
  await page.context().setOffline(false);
  await box.press("l");
  await finds(["Request Critical"]);
});

searchTest("what is not there can be created from what was typed", async ({ page, box }) => {
  await box.pressSequentially("redelivery branded korean hourly");
  const offer = "Redelivery Requested where content type is Branded and language is Korean, hourly";
  await page.getByRole("link", { name: `Create “${offer}”` }).click();
  const window = page.getByRole("dialog", { name: "Notification settings" });
  await window.getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").filter({ hasText: `Saved: ${offer}` }).waitFor();
});

searchTest(
  "without JavaScript a button searches and a link creates",
  async ({ page, box, finds }) => {
    await box.fill("critical");
    await page.getByRole("button", { name: "Search" }).click();
    await finds(["Request Critical"]);
    await page.waitForURL(/\?q=critical$/);
    await box.fill("redelivery zzzz");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("link", { name: "Create “Redelivery Requested, daily”" }).click();
    const window = page.getByRole("dialog", { name: "Notification settings" });
    equal(await window.getByLabel("Frequency").inputValue(), "daily");
  },
  { javaScriptEnabled: false },
);
