import { equal, match, ok } from "node:assert/strict";
import type { Page, Request } from "playwright-core";
import { castTest } from "./cast.ts";

// The conditions of the window in a real browser: long lists, titles, what is left behind while one types on.

function windowTest(
  name: string,
  body: (page: Page) => Promise<void>,
  { locale = "en-GB" } = {},
): void {
  const path = "/notifications/new?type=source-request.delivered";
  castTest(name, async ({ visit }) => await body(await visit({ path, locale })));
}

/** Opens one condition and resolves to its fields. */
async function unfold(page: Page, name: string) {
  await page.locator(`#field-${name}`).click();
  return page.locator(`details:has(#field-${name})`);
}

const sentence = (page: Page) =>
  page.getByRole("region", { name: "What it would do" }).locator("p").first();

async function says(page: Page, text: string): Promise<void> {
  await sentence(page).filter({ hasText: text }).waitFor();
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator('[aria-current="true"]').waitFor();
}

windowTest(
  "a language is found by the reader's name, its own, the English one and its tag, and stays in sight",
  async (page) => {
    const language = await unfold(page, "language");
    const filter = language.getByRole("searchbox", { name: "Filter the list of languages" });
    const korean = language.getByRole("checkbox", { name: "coreano" });
    for (const query of ["coreano", "한국어", "KOREAN", "ko"]) {
      await filter.fill(query);
      await korean.waitFor();
    }
    await filter.fill("portugues");
    await language.getByRole("checkbox", { name: "portugués", exact: true }).check();
    await filter.fill("nothing like it");
    await language.getByText("Nothing found").waitFor();
    equal(await language.getByRole("checkbox").count(), 1);
    ok(await language.getByRole("checkbox", { name: "portugués" }).isChecked());
    // What was chosen in the reader's language reads in that of the page.
    await says(page, "Source Delivered where language is Portuguese, daily");
    await filter.press("Enter");
    await page.getByRole("dialog").waitFor();
    await save(page);
  },
  { locale: "es-ES" },
);

windowTest("titles are found while one types, and the chosen ones stay", async (page) => {
  const title = await unfold(page, "title");
  const find = title.getByRole("searchbox", { name: "Find titles" });
  await find.pressSequentially("harbour li", { delay: 20 });
  await title.getByText("1 title found").waitFor();
  await title.getByRole("checkbox", { name: "Harbour Lights" }).check();
  await find.fill("lighthouse");
  await title.getByText(/^\d titles? found/).waitFor();
  await title.getByRole("checkbox", { name: "Golden Lighthouse" }).check();
  await find.fill("no title of that name");
  await title.getByText("No other title").waitFor();
  equal(await title.getByRole("checkbox", { checked: true }).count(), 2);
  await title.getByRole("checkbox", { name: "Golden Lighthouse" }).uncheck();
  await says(page, "Source Delivered where title is Harbour Lights, daily");
  await save(page);
});

windowTest("a title ticked while others are looked for is not lost to the answer", async (page) => {
  let answer = () => {};
  const asked = Promise.withResolvers<void>();
  await page.route("**/notifications/titles", async (route) => {
    await new Promise<void>((resolve) => {
      answer = resolve;
      asked.resolve();
    });
    await route.continue();
  });
  const title = await unfold(page, "title");
  const first = title.locator("[data-open] input").first();
  const name = await title.locator("[data-open] label").first().innerText();
  await title.getByRole("searchbox", { name: "Find titles" }).fill(name.split(" ").at(-1)!);
  await asked.promise;
  await first.check();
  answer();
  await title.getByText(/title(s)? found/).waitFor();
  ok(await title.locator("[data-kept]").getByRole("checkbox", { name }).isChecked());
  equal(await title.getByRole("checkbox", { name, exact: true }).count(), 1);
});

windowTest(
  "a date is a number of days or a day of the calendar, as its operator asks",
  async (page) => {
    await page.getByLabel("Notify me when").selectOption({ label: "Redelivery Requested" });
    await page.locator("#field-due").waitFor();
    const due = await unfold(page, "due");
    const amount = due.getByLabel("due", { exact: true });
    await amount.fill("3");
    await due.getByText("days", { exact: true }).waitFor();
    await says(page, "Redelivery Requested where due is within 3 days, daily");
    await due.getByLabel("Operator").selectOption("is before");
    equal(await amount.inputValue(), "");
    equal(await amount.getAttribute("type"), "date");
    await amount.fill("2026-12-24");
    await says(page, "Redelivery Requested where due is before 2026-12-24, daily");
  },
);

windowTest(
  "thirty quick keystrokes ask a few times only, and the last answer stands",
  async (page) => {
    const asked: Request[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/forecast")) asked.push(request);
    });
    // The first question is answered late, and its answer must not be seen any more.
    await page.route("**/notifications/forecast", async (route) => {
      if (asked.length === 1) await new Promise((resolve) => setTimeout(resolve, 2_000));
      await route.continue().catch(() => {}); // asked for no more
    });
    const movie = await unfold(page, "movie_id");
    const lines = movie.getByRole("textbox");
    await lines.fill("first");
    await page.waitForRequest("**/notifications/forecast");
    const begun = performance.now();
    await lines.fill("");
    await lines.pressSequentially("123456789012345678901234567890", { delay: 15 });
    const pauses = (performance.now() - begun) / 250; // as many as a slow machine had time for
    await says(page, "movie id is 123456789012345678901234567890, daily");
    await page.waitForTimeout(2_200);
    await says(page, "movie id is 123456789012345678901234567890, daily");
    ok(asked.length <= 4 + pauses, `${asked.length} requests, ${pauses} pauses`);
  },
);

windowTest("an edit that is refused stays in its window, with what was typed", async (page) => {
  await page.getByLabel("Branded", { exact: true }).check();
  await save(page);
  const id = new URL(page.url()).pathname.split("/").at(-1);
  await page.goto(`/notifications/${id}/edit`);
  const language = await unfold(page, "language");
  await language.getByRole("textbox").last().fill("no such tag");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText('Language has no value "no such tag"').first().waitFor();
  equal(await page.getByRole("dialog").count(), 1);
  equal(await language.getByRole("textbox").last().inputValue(), "no such tag");
  await language.getByRole("textbox").last().fill("pt-BR");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("language is Brazilian Portuguese").first().waitFor();
});

windowTest("a link of the forecast asks before it throws work away", async (page) => {
  await page.getByLabel("Branded", { exact: true }).check();
  const link = page.getByRole("link", { name: "Source Delivered, daily" });
  await link.click();
  await page.getByRole("button", { name: "Keep editing" }).click();
  ok(await page.getByLabel("Branded", { exact: true }).isChecked());
  await link.click();
  await page.getByRole("button", { name: "Throw away" }).click();
  await page.waitForURL(/\/notifications\/\d+$/);
  equal(await page.getByRole("dialog").count(), 0);
});

windowTest("on a phone a line beside Save says what it would do, and leads there", async (page) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const line = page.getByRole("link", { name: /^\d+ events? in 30 days, \d+ emails?/ });
  const everything = await line.innerText();
  await page.getByLabel("Branded", { exact: true }).check();
  await line.filter({ hasNotText: everything }).waitFor();
  const whole = page.getByRole("region", { name: "What it would do" });
  match(
    await line.innerText(),
    new RegExp(`^${await whole.locator("strong").first().innerText()} `),
  );
  const address = page.url();
  await line.click();
  await whole.getByRole("heading").and(page.locator(":focus")).waitFor();
  equal(page.url(), address);
  await page.getByText("Throw away what you changed?").waitFor({ state: "hidden" });

  await page.setViewportSize({ width: 1280, height: 800 });
  equal(await line.isVisible(), false);
});

windowTest("Save does not wait for what the forecast asks", async (page) => {
  const asked = Promise.withResolvers<void>();
  await page.route("**/notifications/forecast", () => asked.resolve()); // and never answers
  await page.getByLabel("Branded", { exact: true }).check();
  await asked.promise;
  await save(page);
  await page.getByRole("status").filter({ hasText: "content type is Branded, daily" }).waitFor();
});
