import { sql } from "drizzle-orm";
import type { Page } from "playwright-core";
import { createApiKey } from "../db/api_keys.ts";
import { listKeys } from "../db/keys.ts";
import { loadNotifications } from "../db/panel.ts";
import { listOutbox } from "../db/outbox.ts";
import { muteScope, signMute } from "../domain/links.ts";
import type { DemoServer } from "./demo_server.ts";

/** Something of the application that can be looked at. */
export interface State {
  name: string;
  path: string;
  /** Who is signed in, of the cast; nobody without. */
  as?: string;
  /** Whether its browser runs no script. */
  isScriptless?: true;
  /** An email by itself: the page around it, with its landmarks, is the mail program's. */
  isLetter?: true;
  /** What to do on the page before looking. */
  open?: (page: Page) => Promise<unknown>;
  /** Part of the page lies under something that sticks to the window: scrolling frees it. */
  isCovered?: boolean;
}

// Marcus tuned everything; Desmond is an admin; Helen sees no event; Ingrid has no default notification; Grace is the studio's.
const [marcus, desmond, helen, ingrid, isabel, grace, tomasz, samir] = [
  "marcus-okafor",
  "desmond-achebe",
  "helen-brandt",
  "ingrid-solheim",
  "isabel-teixeira",
  "grace-lindqvist",
  "tomasz-wrona",
  "samir-haddad",
];
const redelivery = "type=source-request.redelivery-requested";

/** Single sign-on by a provider that does not answer: nothing listens there. */
export const withProvider = {
  OIDC_ISSUER: "http://127.0.0.1:9",
  OIDC_CLIENT_ID: "callboard",
  OIDC_CLIENT_SECRET: "a secret",
};

/** Of the newest emails of others one failed, one is not taken, one was given up and one is not known to have arrived in time. */
async function makeTrouble(db: DemoServer["db"]): Promise<void> {
  const fates = [
    sql`state = 'failed', problem = 'Mailgun answered 400'`,
    sql`state = 'queued', problem = 'Mailgun answered 503', failing_since = composed_at, send_at = 9e15`,
    sql`state = 'canceled', problem = 'no provider took it', given_up_at = composed_at`,
    sql`deliver_by = composed_at`,
  ];
  for (const [index, fate] of fates.entries()) {
    await db.run(sql`
      UPDATE emails SET ${fate} WHERE id = (
        SELECT id FROM emails WHERE user_id <> ${marcus} ORDER BY composed_at DESC, id
        LIMIT 1 OFFSET ${index})`);
  }
}

/** Every page and state of the demo: whoever adds a page adds it here. */
export async function statesOf({ db, config }: DemoServer): Promise<State[]> {
  const { notifications } = await loadNotifications(db, marcus);
  const own = notifications.find(({ kind }) => kind === "custom")!.id;
  const standard = notifications.find(({ kind }) => kind === "default")!.id;
  const desmonds = await loadNotifications(db, desmond);
  const toCopy = desmonds.notifications.find(({ kind }) => kind === "custom")!.id;
  const email = await newest(
    sql`SELECT id FROM emails WHERE user_id = ${marcus} ORDER BY composed_at DESC`,
  );
  const inEmail =
    sql`SELECT value ->> 'seq' AS id FROM emails, json_each(content, '$.items') WHERE emails.id = ${email}`;
  const told = await newest(inEmail);
  const untold = await newest(sql`
    SELECT seq AS id FROM event_accounts WHERE account_id = 'meridian-post' AND seq NOT IN (${inEmail}) ORDER BY seq DESC`);
  const damaged = await newest(sql`
    UPDATE events SET data = '{' WHERE seq = (SELECT min(seq) FROM events) RETURNING seq AS id`);
  await makeTrouble(db);
  await db.run(sql`UPDATE users SET opt_outs = '["daily"]' WHERE id = ${ingrid}`);
  await db.run(sql`
    INSERT INTO prepared (account_id, role, type, conditions, frequency, fingerprint, created_at)
    SELECT 'tidewrack-pictures', 'content-partner-operations', type, conditions, frequency, fingerprint, 0
    FROM notifications WHERE id = ${toCopy}`);
  await createApiKey(db, { name: "backlot", sources: ["/backlot/"] }, Date.parse("2026-11-01"));
  const [key] = await listKeys(db);
  const letter = (await listOutbox(db))[0]!.id;
  const token = await signMute(config.secretKey, muteScope(marcus, "daily", []));

  return [
    { name: "home", path: "/", as: marcus },
    { name: "home without an event", path: "/", as: helen },

    { name: "the panel", path: "/notifications", as: marcus },
    { name: "the panel with defaults alone", path: "/notifications", as: "lucia-ferrer" },
    { name: "the panel without any notification", path: "/notifications", as: helen },
    {
      name: "the panel with one highlighted",
      path: `/notifications/${own}?done=saved`,
      as: marcus,
    },
    { name: "the panel by noise", path: "/notifications?sort=noise", as: marcus },
    { name: "the question until when", path: `/notifications/${own}/snooze`, as: marcus },
    { name: "what a notification matched", path: `/notifications/${own}/events`, as: marcus },
    { name: "the question of the clock", path: "/notifications", as: "samir-haddad" },
    { name: "a search that finds", path: "/notifications?q=redelivery", as: marcus },
    { name: "a search that finds nothing", path: "/notifications?q=zebra", as: marcus },
    { name: "a search while typing", path: "/notifications", as: marcus, open: search("branded") },
    { name: "the menu of a Custom one", path: "/notifications", as: marcus, open: openMenu(own) },
    {
      name: "the menu of a Default one",
      path: "/notifications",
      as: marcus,
      open: openMenu(standard),
    },
    {
      name: "a message with Undo",
      path: "/notifications",
      as: marcus,
      open: toggleMute(own),
      isCovered: true,
    },
    {
      name: "several selected",
      path: "/notifications",
      as: marcus,
      open: select,
      isCovered: true,
    },
    { name: "an alert", path: "/notifications", as: marcus, open: loseTheNetwork },

    { name: "the window", path: "/notifications/new", as: marcus },
    {
      name: "the window of a type",
      path: `/notifications/new?${redelivery}`,
      as: marcus,
      open: unfold,
    },
    {
      name: "the window that narrows",
      path: `/notifications/${own}/edit?unlike=${told}&by=language`,
      as: marcus,
    },
    { name: "the window of a copy", path: `/notifications/new?from=${standard}`, as: marcus },
    { name: "the window of an edit", path: `/notifications/${own}/edit`, as: marcus, open: unfold },
    {
      name: "the window with problems",
      path: "/notifications/new",
      as: marcus,
      open: save,
    },
    {
      name: "the window of what exists already",
      path: `/notifications/new?from=${own}`,
      as: marcus,
      open: save,
    },
    {
      name: "the window that asks before it closes",
      path: `/notifications/new?${redelivery}`,
      as: marcus,
      open: leave,
    },

    { name: "the panel without a script", path: "/notifications", as: marcus, isScriptless: true },
    {
      name: "the window without a script",
      path: `/notifications/new?${redelivery}`,
      as: marcus,
      isScriptless: true,
    },

    { name: "the schedule", path: "/schedule", as: marcus },
    {
      name: "the schedule with a problem",
      path: "/schedule",
      as: marcus,
      open: pauseUntil("2020-01-01"),
    },
    {
      name: "the schedule of a pause, unsubscribed",
      path: "/schedule",
      as: ingrid,
      open: pauseUntil("2026-12-01"),
    },
    { name: "the panel of a pause", path: "/notifications", as: ingrid },

    {
      name: "the question which notifications to bring",
      path: "/notifications/import",
      as: marcus,
    },
    {
      name: "that question, when nothing was chosen",
      path: "/notifications/import",
      as: marcus,
      open: press("Look at it"),
    },
    {
      name: "what bringing notifications would do",
      path: "/notifications/import",
      as: marcus,
      open: lookAtImport,
    },
    { name: "where somebody is signed in", path: "/sessions", as: marcus },
    { name: "a request to support", path: "/support?page=/noise", as: marcus },
    {
      name: "a request to support without words",
      path: "/support",
      as: marcus,
      open: async (page) => {
        await page.locator("#words").fill(" ");
        await press("Send request")(page);
        await page.getByRole("alert").waitFor();
      },
    },
    { name: "a request that was sent", path: "/support/CB-22222-22222", as: marcus },

    { name: "people", path: "/people", as: desmond },
    {
      name: "people after somebody came back",
      path: "/people?reactivated=nora-whitlock",
      as: desmond,
    },
    {
      name: "the question before deactivating",
      path: "/people/nora-whitlock/deactivation",
      as: desmond,
    },

    { name: "the invitations", path: "/people/invitations", as: desmond },
    {
      name: "the invitations, answered",
      path: "/people/invitations",
      as: desmond,
      open: invite(
        "nora.whitlock@tidewrack-pictures.example\nnew@tidewrack-pictures.example\nnobody",
      ),
    },
    {
      name: "the invitations with a problem",
      path: "/people/invitations",
      as: desmond,
      open: press("Invite"),
    },
    { name: "who gets a copy", path: `/notifications/${toCopy}/copies`, as: desmond },
    {
      name: "who gets a copy, when nobody is chosen",
      path: `/notifications/${toCopy}/copies`,
      as: desmond,
      open: press("Copy"),
    },
    { name: "what is prepared for roles", path: "/people/prepared", as: desmond },
    {
      name: "what can be prepared for a role",
      path: "/people/prepared/content-partner-operations",
      as: desmond,
      open: press("Prepare"),
    },
    {
      name: "preparing for a role while nobody has a Custom notification",
      path: "/people/prepared/qc-operator",
      as: tomasz,
    },
    { name: "the audit log", path: "/audit", as: grace },
    { name: "the audit log, searched in vain", path: "/audit?q=zebra", as: desmond },
    { name: "a person", path: "/people/nora-whitlock", as: desmond },
    {
      name: "what if a person had other roles",
      path: "/people/nora-whitlock",
      as: desmond,
      open: tickAnother,
    },
    {
      name: "what if, without a script",
      path: "/people/isabel-teixeira?held=account-admin",
      as: isabel,
      isScriptless: true,
    },

    {
      name: "a page as somebody else sees it",
      path: "/people/grace-lindqvist",
      as: "samir-haddad",
      open: viewAs,
    },
    { name: "people whom a deadline does not reach", path: "/people", as: isabel },
    { name: "the schedule of the last who hears", path: "/schedule", as: isabel },
    { name: "what fills an inbox", path: "/noise", as: marcus },
    {
      name: "the events that a figure counts",
      path: "/noise/events?type=source-request.canceled",
      as: marcus,
    },
    { name: "an inbox that nothing fills", path: "/noise", as: helen },
    { name: "the history", path: "/history", as: marcus },
    { name: "the history of who gets no mail", path: "/history", as: helen },
    { name: "the history, searched", path: "/history?q=delivered", as: marcus },
    { name: "the history, searched in vain", path: "/history?q=zebra", as: marcus },
    { name: "an email that comes next", path: "/history/hourly", as: marcus },
    { name: "an email looked at again", path: `/emails/${email}`, as: marcus, open: unfold },
    {
      name: "that email as it was sent",
      path: `/emails/${email}/letter`,
      as: marcus,
      isLetter: true,
      open: liftSandbox,
    },
    { name: "an event that was told", path: `/events/${told}`, as: marcus },
    { name: "an event that was not told", path: `/events/${untold}`, as: marcus },

    { name: "operations, with everything in trouble", path: "/operations", as: grace },
    { name: "the event explorer", path: "/explorer", as: grace },
    {
      name: "the event explorer, following",
      path: "/explorer?follow=on&account=petrel",
      as: grace,
    },
    { name: "the event explorer, searched in vain", path: "/explorer?q=zebra", as: grace },
    { name: "an event and whom it reached", path: `/explorer/${told}`, as: grace, open: unfold },
    { name: "an event that was set aside", path: `/explorer/${damaged}`, as: grace },

    { name: "the accounts", path: "/accounts", as: samir },
    { name: "the accounts, searched in vain", path: "/accounts?q=zebra", as: samir },
    { name: "an account, added", path: "/accounts/meridian-post?done=added", as: samir },
    { name: "the people of another account", path: "/accounts/meridian-post/people", as: samir },
    {
      name: "a person of another account",
      path: `/accounts/meridian-post/people/${marcus}`,
      as: samir,
    },
    {
      name: "a new account with problems",
      path: "/accounts/new",
      as: samir,
      open: pressForProblem("Add account"),
    },
    { name: "the keys", path: "/keys", as: samir },
    { name: "a new key", path: "/keys/new?account=meridian-post", as: samir },
    {
      name: "a new key with problems",
      path: "/keys/new?account=nobody",
      as: samir,
      open: pressForProblem("Make key"),
    },
    { name: "a key, this once", path: "/keys/new", as: samir, open: makeKey },
    { name: "the question before revoking", path: `/keys/${key!.id}/revocation`, as: samir },
    {
      name: "the invitations to another account",
      path: "/accounts/meridian-post/people/invitations",
      as: samir,
    },
    {
      name: "the question before deactivating in another account",
      path: `/accounts/meridian-post/people/${marcus}/deactivation`,
      as: samir,
    },

    { name: "the outbox", path: "/outbox" },
    { name: "an email of the outbox", path: `/outbox/${letter}` },
    {
      name: "an email as its reader sees it",
      path: `/outbox/${letter}/html`,
      isLetter: true,
      open: liftSandbox,
    },

    { name: "the way to mute from an email", path: `/mute/${token}` },
    { name: "what was muted from an email", path: `/mute/${token}`, open: press("Mute") },
    { name: "a link that was altered", path: "/mute/nonsense" },

    { name: "the events API", path: "/docs", open: unfold },

    { name: "the sign-in page", path: "/sign-in" },
    { name: "single sign-on that does not answer", path: "/sign-in/oidc" },
    { name: "single sign-on that was refused", path: "/sign-in/oidc/callback" },
    { name: "the sign-in page after sending a link", path: "/sign-in", open: askForLink },
    { name: "the page behind a sign-in link", path: "/sign-in/a-token" },
    { name: "an address that does not exist", path: "/no-such-page", as: marcus },
    { name: "a page that is not for one", path: "/people", as: marcus },
  ];

  async function newest(query: ReturnType<typeof sql>): Promise<string> {
    const [found] = await db.all<{ id: string }>(query);
    return found!.id;
  }
}

function search(words: string) {
  return async (page: Page) => {
    await page.getByLabel("Search notifications").pressSequentially(words);
    await page.getByText(/^\d+ of \d+/).first().waitFor();
  };
}

function openMenu(id: number) {
  return async (page: Page) => {
    await page.locator(`#actions-${id}`).click();
    await page.locator(`#menu-${id}`).waitFor();
  };
}

function toggleMute(id: number) {
  return async (page: Page) => {
    await openMenu(id)(page);
    await page.locator(`#menu-${id}`).getByRole("menuitem", { name: /mute$/i }).click();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).waitFor();
  };
}

async function select(page: Page) {
  await page.getByRole("checkbox", { name: "Select all: Hourly" }).check();
  await page.getByRole("button", { name: "Change frequency" }).waitFor();
}

function press(name: string) {
  return (page: Page) => page.getByRole("button", { name, exact: true }).click();
}

function pressForProblem(name: string) {
  return async (page: Page) => {
    await press(name)(page);
    await page.getByRole("alert").first().waitFor();
  };
}

async function makeKey(page: Page) {
  await page.getByLabel("Name").fill("backlot");
  await press("Make key")(page);
  await page.getByRole("heading", { name: "The key of backlot" }).waitFor();
}

function pauseUntil(date: string) {
  return async (page: Page) => {
    await page.getByLabel("Mail comes again on").fill(date);
    await page.getByRole("button", { name: "Pause all mail" }).click();
  };
}

function invite(people: string) {
  return async (page: Page) => {
    await page.getByLabel("Email addresses").fill(people);
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    await page.getByRole("link", { name: "Invite more" }).waitFor();
  };
}

async function tickAnother(page: Page) {
  for (const box of await page.getByRole("checkbox").all()) await box.click();
  await page.getByText(/instead of/).waitFor();
  await page.locator("details").evaluateAll((all) =>
    all.forEach((details) => details.setAttribute("open", ""))
  );
}

async function lookAtImport(page: Page) {
  const notifications = [
    { type: "source-request.processed", frequency: "weekly", conditions: [], muted: true },
    { type: "no-such-type", frequency: "daily" },
  ];
  const text = JSON.stringify({ callboard: "notifications", version: 1, notifications });
  await page.getByLabel("Or its text").fill(text);
  await page.getByRole("button", { name: "Look at it" }).click();
  await page.getByRole("heading", { name: "1 of 2 notifications would be added" }).waitFor();
}

async function viewAs(page: Page) {
  await page.getByRole("button", { name: /^See what/ }).click();
  await page.getByRole("button", { name: "End viewing" }).waitFor();
}

async function loseTheNetwork(page: Page) {
  await page.route("**/notifications/new", (route) => route.abort());
  await page.getByRole("link", { name: "Create Notifications" }).click();
  await page.getByRole("alert").waitFor();
}

/** Opens every condition of the window, or whatever else an article keeps closed. */
async function unfold(page: Page) {
  await page.locator(":is(dialog, article) details").evaluateAll((all) =>
    all.forEach((details) => details.setAttribute("open", ""))
  );
}

async function save(page: Page) {
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").getByRole("alert").waitFor();
}

async function leave(page: Page) {
  await page.getByLabel("Branded", { exact: true }).check();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Keep editing" }).waitFor();
}

async function askForLink(page: Page) {
  await page.getByLabel("Email address").fill("marcus.okafor@meridian-post.example");
  await page.getByRole("button", { name: "Email a sign-in link" }).click();
  await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
}

/** In its frame an email may run no script, not even one that looks for barriers. */
async function liftSandbox(page: Page) {
  const letter = await page.content();
  await page.goto("about:blank");
  await page.setContent(letter);
}
