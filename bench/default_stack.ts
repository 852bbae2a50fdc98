import { eq } from "drizzle-orm";
import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { type Database, openDatabase } from "../db/client.ts";
import { rememberEvents } from "../db/recent_events.ts";
import { accounts, digests, notifications, sessions, users } from "../db/schema.ts";
import { hashToken } from "../db/tokens.ts";
import { panelOf } from "../routes/panel.ts";
import { assetPaths } from "../routes/static.ts";
import { NotificationsPage } from "../views/notifications.tsx";
import { now, read } from "./forty.ts";

// The panel as it is usually built: one query after another, their rows by drizzle, and the views compiled for
// `react-jsx`, which is why this is a process of its own. What the log got lately is remembered as by ours.
// On each line of standard input it shows the page so many times, and answers with a line.

const [url, session] = Deno.args as [string, string];
const db = await openDatabase({ url });
const web = usual(db);
const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
for await (const line of lines) {
  let page = "";
  for (let left = Number(line); left > 0; left -= 1) page = await read(web, "/", session);
  console.log(page.length);
}

function usual(db: Database) {
  const events = rememberEvents(db);
  return new Hono().get("/", async (c) => {
    const id = hashToken(getCookie(c, "session") ?? "");
    const [session] = await db.select().from(sessions).where(eq(sessions.id, id));
    const [user] = await db.select().from(users).where(eq(users.id, session!.userId));
    const [account] = await db.select().from(accounts).where(eq(accounts.id, user!.accountId));
    const own = await db.select().from(notifications).where(eq(notifications.userId, user!.id));
    const due = await db.select().from(digests).where(eq(digests.userId, user!.id));
    const visit = {
      user: { ...user!, account: account!, seenAt: session!.createdAt, viewing: null },
      version: account!.settingsVersion,
      notifications: own,
      hearings: [],
      nextDigests: new Map(due.map(({ frequency, nextAt }) => [frequency, nextAt])),
      events: await events.load(account!, now),
    };
    const viewer = { id: user!.id, name: user!.name, account: account!, managesPeople: false };
    const shell = { assets: assetPaths(), path: "/notifications", viewer };
    const panel = panelOf(visit, { query: "", now });
    return c.html(NotificationsPage({ shell, panel }));
  });
}
