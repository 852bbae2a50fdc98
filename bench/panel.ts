import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { type Database, type DatabaseConfig, openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { openVisits } from "../db/visits.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { startDistance } from "../e2e/distance.ts";
import { startSqld } from "../e2e/sqld.ts";
import { panelOf } from "../routes/panel.ts";
import { furnish, now, read, webOn } from "./forty.ts";
import { type Comparison, inTurns, type Line } from "./measure.ts";
import { type Frame, pageByHand } from "./panel_by_hand.ts";
import { startWithReactJsx } from "./react_jsx.ts";

const rounds = 15;
const pages = 100;
const work = "panel: 40 notifications, signed in";

/** The panel on a file, to its last byte, against other ways to serve the same page. */
export async function panel(): Promise<Comparison[]> {
  const { db, url, close } = await temporaryDatabase();
  const session = await furnish(db);
  const ours = webOn(db);
  const page = await read(ours, "/notifications", session);
  const byHand = webByHand(db, frameOf(page));
  mustBeTheSame(await read(byHand, "/", session), page);
  const bytes = new Hono().get("/", (c) => c.html(page));
  const usual = await startWithReactJsx(
    new URL("./default_stack.ts", import.meta.url).pathname,
    [url, session],
  );
  const seconds = await inTurns({
    ours: () => repeat(() => read(ours, "/notifications", session)),
    byHand: () => repeat(() => read(byHand, "/", session)),
    bytes: () => repeat(() => read(bytes, "/", session)),
    usual: async () => void await usual.ask(String(pages)),
  }, { rounds });
  await usual.stop();
  await close();
  const measured = { work, unit: "pages", amount: pages, ours: seconds.ours };
  return [
    { ...measured, against: "drizzle's rows and `react-jsx`", theirs: seconds.usual, goal: 5 },
    {
      ...measured,
      against: "the page by hand from strings",
      theirs: seconds.byHand,
      goal: 1 / 1.4,
    },
    { ...measured, against: "the same bytes, ready made", theirs: seconds.bytes },
  ];
}

/** How far away a database can stand from the service, in milliseconds each way. */
const distance = 40;

/** The panel on a libSQL server, against the least that can be asked of one: beside it, and from far away. */
export async function remotePanel(): Promise<Line[]> {
  const sqld = await startSqld();
  if (!sqld) return [];
  const far = startDistance(Number(new URL(sqld.url).port), distance);
  const near = await openDatabase(sqld);
  await migrateDatabase(near);
  const session = await furnish(near);
  near.$client.close();
  const lines = [
    await againstBare(sqld, { session, where: "libSQL server", times: pages }),
    {
      ...await againstBare({ ...sqld, url: `http://127.0.0.1:${far.port}` }, {
        ...{ session, where: `libSQL server ${distance} ms away`, times: 5 },
      }),
      goal: 1 / 1.5,
    },
  ];
  far.stop();
  await sqld.stop();
  return lines;
}

async function againstBare(
  server: DatabaseConfig,
  { session, where, times }: { session: string; where: string; times: number },
): Promise<Comparison> {
  const db = await openDatabase(server);
  const web = webOn(db);
  const { ours, bare } = await inTurns({
    ours: () => repeat(() => read(web, "/notifications", session), times),
    bare: () => repeat(() => db.$client.execute("SELECT 1"), times),
  }, { rounds });
  db.$client.close();
  return {
    ...{ work: `${work}, ${where}`, unit: "pages", amount: times },
    ...{ ours, against: "one bare `SELECT 1`", theirs: bare },
  };
}

async function repeat(ask: () => Promise<unknown>, times = pages): Promise<void> {
  for (let left = times; left > 0; left -= 1) await ask();
}

/** The same data, read in the same way, shown by hand. */
function webByHand(db: Database, frame: Frame) {
  const visits = openVisits(db);
  return new Hono().get("/", async (c) => {
    const visit = await visits.begin(getCookie(c, "session")!, now);
    return c.html(pageByHand(panelOf(visit!, { query: "", now }), frame));
  });
}

function frameOf(page: string): Frame {
  const from = page.indexOf('<section class="group"');
  const to = page.indexOf("</div>", page.lastIndexOf("</li></ul></section>"));
  return { head: page.slice(0, from), tail: page.slice(to) };
}

/** Spaces within a tag mean nothing. */
function mustBeTheSame(one: string, other: string): void {
  const [a, b] = [one, other].map((page) => page.replaceAll(" >", ">"));
  if (a === b) return;
  const at = [...a!].findIndex((character, index) => character !== b![index]);
  throw new Error(
    `Cannot measure: made by hand it is ${a!.slice(at - 40, at + 40)}, ours ${
      b!.slice(at - 40, at + 40)
    }`,
  );
}
