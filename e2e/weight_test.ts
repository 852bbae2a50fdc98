import { deepEqual, equal, ok } from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { type DatabaseConfig, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { createSession } from "../db/sessions.ts";
import { seed } from "../tasks/seed.ts";
import { browserTest } from "./browser.ts";
import { completeForty } from "./forty_notifications.ts";
import { temporaryPlace } from "./place.ts";
import { startServer } from "./production_server.ts";
import { until } from "./until.ts";

// What a visit weighs: every byte of every answer, headers included, between Chromium and the server as it runs in
// production. Marcus has forty notifications, and a month in which they fired.

const reader = "marcus-okafor";

interface Answer {
  path: string;
  bytes: number;
}

/** Notes every answer that comes over the wire; what the browser has kept already costs nothing and is not noted. */
async function weigh(page: Page): Promise<Answer[]> {
  const answers: Answer[] = [];
  const paths = new Map<string, string>();
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  client.on("Network.requestWillBeSent", ({ requestId, request }) => {
    paths.set(requestId, new URL(request.url).pathname);
  });
  client.on("Network.requestServedFromCache", ({ requestId }) => paths.delete(requestId));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId);
    if (path && encodedDataLength > 0) answers.push({ path, bytes: encodedDataLength });
  });
  return answers;
}

/** What came since the last call. */
function taken(answers: Answer[]): { requests: number; bytes: number; told: string } {
  const some = answers.splice(0);
  const told = some.map(({ path, bytes }) => `${path} ${bytes}`).join("\n");
  return { requests: some.length, bytes: some.reduce((sum, { bytes }) => sum + bytes, 0), told };
}

browserTest(
  "a visit to forty notifications is light, a later one lighter, and a search next to nothing",
  async (browser, t) => {
    await using place = await temporaryPlace();
    const session = await furnish(place.database);
    await using server = await startServer(place.path, {
      ...place.env,
      BASE_URL: "http://localhost",
    });
    const context = await browser.newContext({ baseURL: server.origin });
    await context.addCookies([{ name: "session", value: session, url: server.origin }]);
    await visit(t, context);
  },
);

/** A database with the cast, its month, and Marcus signed in; resolves to his session. */
async function furnish(database: DatabaseConfig): Promise<string> {
  const db = await openDatabase(database);
  const now = Date.now();
  await migrateDatabase(db);
  await seed(db, { accounts: 0, now });
  await completeForty(db, reader, now);
  const session = await createSession(db, reader, now);
  db.$client.close();
  return session;
}

async function visit(t: Deno.TestContext, context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  const answers = await weigh(page);

  await t.step("a first visit takes at most 30 KB in 5 requests", async () => {
    await page.goto("/notifications", { waitUntil: "networkidle" });
    equal(await page.locator(".row").count(), 40);
    // A browser with a window asks for the icon too; this one may not.
    const icon = (await page.locator('link[rel="icon"]').getAttribute("href"))!;
    if (!answers.some(({ path }) => path === icon)) {
      await page.evaluate((path) => fetch(path).then((file) => file.text()), icon);
    }
    const { bytes, requests, told } = taken(answers);
    ok(bytes <= 30_000 && requests <= 5, `${bytes} bytes in ${requests} requests:\n${told}`);
  });

  await t.step("nothing but the stylesheet keeps the page from being shown", async () => {
    const blocking = await page.evaluate(() =>
      performance.getEntriesByType("resource")
        .filter((entry) =>
          "renderBlockingStatus" in entry && entry.renderBlockingStatus === "blocking"
        )
        .map(({ name }) => name.replace(/.*\./, ""))
    );
    deepEqual(blocking, ["css"]);
  });

  await t.step("a later visit takes at most 5 KB, in one request", async () => {
    await page.goto("/history", { waitUntil: "networkidle" });
    taken(answers);
    await page.goto("/notifications", { waitUntil: "networkidle" });
    const { bytes, requests, told } = taken(answers);
    ok(
      bytes > 0 && bytes <= 5_000 && requests === 1,
      `${bytes} bytes in ${requests} requests:\n${told}`,
    );
  });

  await t.step("a search takes at most 1.5 KB", async () => {
    await page.getByLabel("Search notifications").fill("redelivery");
    await page.getByText(/^\d+ of 40/).waitFor();
    await until(() => answers.length > 0);
    const { bytes, told } = taken(answers);
    ok(bytes > 0 && bytes <= 1_500, `${bytes} bytes:\n${told}`);
  });

  await t.step("also one that finds half of them", async () => {
    await page.getByLabel("Search notifications").fill("source");
    await page.getByText(/^[23]\d of 40/).waitFor();
    await until(() => answers.length > 0);
    const { bytes, told } = taken(answers);
    ok(bytes > 0 && bytes <= 1_500, `${bytes} bytes:\n${told}`);
  });
}
