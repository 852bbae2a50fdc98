import { deepEqual } from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { createSession } from "../db/sessions.ts";
import { axeFindings } from "./axe.ts";
import { complaintsOf } from "./complaints.ts";
import { browserTest } from "./browser.ts";
import { type DemoServer, startDemo } from "./demo_server.ts";
import { htmlFindings } from "./html_validity.ts";
import { reflowFindings } from "./reflow.ts";
import { type State, statesOf, withProvider } from "./states.ts";

// Every page and state, in both themes, on a desk and on a phone.

const noon = Date.parse("2026-11-20T12:00:00Z");
const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

/** Colours and widths do not depend on each other, so that two looks show what four would. */
const looks = [
  { colorScheme: "light", viewport: desk },
  { colorScheme: "dark", viewport: phone },
] as const;

browserTest(
  "no page breaks its own policy, or has a barrier that axe-core or html-validate can find, in either theme",
  async (browser, t) => {
    const demo = await startDemo(noon, withProvider);
    try {
      await demo.mail();
      const states = await statesOf(demo);
      await t.step("every page stands in the table of states", () => {
        deepEqual(unseen(demo.app.routes, states), []);
      });
      const check = (state: State) =>
        t.step(state.name, async () => {
          const context = await open(browser, demo, state);
          deepEqual(await findings(context, state), []);
          await context.close();
        });
      for (const state of states) await check(state);
      await demo.breakDown();
      await check({ name: "an error that nobody foresaw", path: "/sign-in" });
    } finally {
      await demo.close();
    }
  },
);

/** For programs, a part of a page that a state of it shows, or the way to another page. */
const pageless = [
  "/mute/:token/:id",
  "/static/:file",
  "/healthz",
  "/readyz",
  "/openapi.json",
  "/people/list.csv",
  "/accounts/:account/people/list.csv",
  "/audit/list.csv",
  "/notifications/export",
];

/** The addresses that answer a GET and that no state shows. */
function unseen(routes: { method: string; path: string }[], states: State[]): string[] {
  const paths = states.map(({ path }) => path.replace(/\?.*/, ""));
  const gets = routes.filter(({ method, path }) => method === "GET" && !path.startsWith("/scim/"))
    .map(({ path }) => path);
  return [...new Set(gets)].filter((route) => {
    const pattern = new RegExp(`^${route.replaceAll(/:\w+(\{[^}]+\})?/g, "[^/]+")}$`);
    return !pageless.includes(route) && !paths.some((path) => pattern.test(path));
  });
}

/** A browser of its own, in which the person of that state is signed in. */
async function open(browser: Browser, { db, url }: DemoServer, { as }: State) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: desk,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(20_000);
  if (as) {
    const session = await createSession(db, as, noon);
    await context.addCookies([{ name: "session", value: session, url }]);
  }
  return context;
}

async function findings(context: BrowserContext, state: State): Promise<string[]> {
  const complaints = await complaintsOf(context);
  const page = await context.newPage();
  const answers = answersOf(page);
  const client = await context.newCDPSession(page);
  const value = state.isScriptless === true;
  await client.send("Emulation.setScriptExecutionDisabled", { value });
  await page.goto(state.path);
  await state.open?.(page);
  // What the page has not run by now it never will, but axe-core needs to, and styles the page as it likes.
  await client.send("Emulation.setScriptExecutionDisabled", { value: false });
  return [
    ...complaints.splice(0),
    ...await inEveryLook(page, state),
    ...await reflowFindings(page),
    ...await allValid(await Promise.all(answers)),
  ];
}

/** The text of every page and fragment that comes; an email is written for mail programs and has rules of its own. */
function answersOf(page: Page): Promise<string>[] {
  const answers: Promise<string>[] = [];
  page.on("response", (response) => {
    const isHtml = response.headers()["content-type"]?.startsWith("text/html");
    const isLetter = /\/(html|letter)$/.test(response.url());
    if (isHtml && !isLetter && response.status() !== 303) answers.push(response.text());
  });
  return answers;
}

async function inEveryLook(page: Page, state: State): Promise<string[]> {
  const found: string[] = [];
  for (const { colorScheme, viewport } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    const findings = await axeFindings(page, state);
    found.push(...findings.map((each) => `${colorScheme}, ${viewport.width} wide: ${each}`));
  }
  return found;
}

/** A page that many states begin with is read once. */
const valid = new Set<string>();

async function allValid(answers: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const answer of answers.filter((each) => !valid.has(each))) {
    const findings = await htmlFindings(answer);
    if (findings.length === 0) valid.add(answer);
    found.push(...findings);
  }
  return found;
}

browserTest(
  "the search for barriers finds them",
  async (browser) => {
    const page = await browser.newPage();
    await page.setContent(`<!DOCTYPE html><html lang="en"><title>Barriers</title><main><h1>Here</h1>
      <button></button><p style="width: 330px">Wide</p>
      <p style="width: 200px; overflow: hidden; white-space: nowrap">Cut off when it grows</p>`);
    const rules = (await axeFindings(page)).map((finding) => finding.split(":")[0]);
    deepEqual(rules, ["button-name"]);
    deepEqual((await reflowFindings(page)).map((finding) => finding.split(": <")[0]), [
      "320 pixels wide: the page scrolls sideways",
      "320 pixels wide: too wide",
      "text twice as large: cut off",
    ]);
    deepEqual(
      (await htmlFindings(`<p title="One" title="Two"></p>`)).map((finding) =>
        finding.split(":")[0]
      ),
      [
        "no-dup-attr",
      ],
    );
  },
);
