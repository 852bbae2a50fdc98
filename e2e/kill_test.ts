import { deepEqual, ok } from "node:assert/strict";
import { createAccounts } from "../db/accounts.ts";
import { type Database, type DatabaseConfig, openDatabase } from "../db/client.ts";
import { appendEvents } from "../db/events.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { createUsers } from "../db/users.ts";
import { chanceOf } from "../demo/chance.ts";
import { temporaryDatabase } from "./database.ts";
import { type Kill, type Moment, readySweeps, type Sweeps } from "./killed_sweeps.ts";
import { sqldBinary, startSqld } from "./sqld.ts";
import { day, event, hour, monday } from "./stage.ts";

// Whatever a sweep was doing when the power went, later ones finish it, and nobody hears of anything twice.

const accounts = ["lumen", "tidewrack", "ventanal", "petrel"];
const names = ["ada", "ben", "cleo"];

/** What the everyday content partner hears of at once, hourly and daily. */
const types = [
  "source-request.at-risk",
  "source-request.critical",
  "source-request.comment-added",
  "source-request.delivered",
];

/** Emails of one day: each of the above is one, for each person. */
const emails = accounts.length * names.length * types.length;

Deno.test("a sweep that is killed on a file loses nothing and repeats nothing", async () => {
  const { db, url, close } = await temporaryDatabase();
  try {
    const moments: Kill[] = [
      ...spread("message asked", 4),
      ...spread("message accepted", 4),
      ...spread("message answered", 4),
    ];
    await survive(db, { url }, [...moments, ...anyTime(6)]);
  } finally {
    await close();
  }
});

Deno.test({
  name: "a sweep that is killed on a libSQL server loses nothing and repeats nothing",
  ignore: sqldBinary() === null,
  fn: async () => {
    const server = (await startSqld())!;
    const db = await openDatabase(server);
    try {
      await migrateDatabase(db);
      await survive(db, server, [
        ...[1, 2].map((nth) => ({ at: "compose before", nth } as const)),
        ...[1, 2].map((nth) => ({ at: "compose after", nth } as const)),
        ...[1, 2].map((nth) => ({ at: "claim before", nth } as const)),
        ...[1, 2].map((nth) => ({ at: "claim after", nth } as const)),
        ...[1, 2].map((nth) => ({ at: "note before", nth } as const)),
        ...[1, 2].map((nth) => ({ at: "note after", nth } as const)),
        ...spread("message asked", 1),
        ...spread("message accepted", 2),
        ...spread("message answered", 1),
      ]);
    } finally {
      db.$client.close();
      await server.stop();
    }
  },
});

/** Kills at that moment, once for each of so many parts of a day's emails. */
function spread(at: Moment, parts: number): Kill[] {
  const chance = chanceOf(at, parts);
  return Array.from({ length: parts }, (_, part) => ({
    at,
    nth: 1 + Math.floor((part + chance.fraction()) * emails / parts),
  }));
}

/** Kills at some time or other while a sweep starts, composes and sends. */
function anyTime(count: number): Kill[] {
  const chance = chanceOf("any time", count);
  return Array.from({ length: count }, () => ({ part: chance.between(0.3, 1) }));
}

/** Lets every day bring its news and a sweep that is killed, then finishes, and looks at what the provider accepted. */
async function survive(db: Database, config: DatabaseConfig, kills: Kill[]): Promise<void> {
  await people(db);
  const sweeps = await readySweeps(config);
  const owed: string[] = [];
  let morning = monday + 8 * hour;
  let killed = 0;
  try {
    for (const kill of [undefined, ...kills]) {
      owed.push(...await news(db, morning));
      if (await sweeps.run(morning, kill)) killed += 1;
      morning += day;
    }
    owed.push(...await news(db, morning));
    await Promise.all([sweeps.run(morning), sweeps.run(morning)]);
    // Beyond the lease of whatever was being sent when a sweep died.
    await sweeps.run(morning + hour);
    await sweeps.run(morning + day);
    const repeats = compare(sweeps, owed);
    console.log(`${killed} kills, ${sweeps.messages.length} emails, ${repeats} repeats`);
    const unsent = await db.query.emails.findMany({
      where: ({ state }, { ne }) => ne(state, "sent"),
    });
    deepEqual(unsent, []);
    ok(killed >= 11, `only ${killed} sweeps were killed`);
  } finally {
    await sweeps.stop();
  }
}

async function people(db: Database): Promise<void> {
  const profile = "content" as const;
  await createAccounts(db, accounts.map((id) => ({ id, name: id, profile })), monday);
  const users = accounts.flatMap((accountId) =>
    names.map((name) => ({
      id: `${name}-${accountId}`,
      accountId,
      email: `${name}@${accountId}.example`,
      name,
      roles: ["content-partner-operations" as const],
    }))
  );
  await createUsers(db, users, monday);
}

/** One event of each type for each account, about a request of its own; resolves to who must hear of which. */
async function news(db: Database, now: number): Promise<string[]> {
  const told = accounts.flatMap((account, index) =>
    types.map((type, which) => ({
      account,
      type,
      subject: `SR-${now / hour}${index}${which}`,
    }))
  );
  const posted = told.map(({ account, type, subject }) =>
    event({ id: subject, subject, type, data: { accounts: [account] } })
  );
  await appendEvents(db, posted, now - hour);
  return told.flatMap(({ account, subject }) =>
    names.map((name) => `${name}@${account}.example hears of ${subject}`)
  );
}

/** Fails where somebody missed something or heard of it twice, or an email was accepted twice; resolves to the repeats. */
function compare({ messages }: Sweeps, owed: string[]): number {
  const ids = messages.map((message) => message["v:email-id"]!);
  const told = messages.flatMap(({ to, text }) =>
    [...new Set(text!.match(/SR-\d+/g))].map((subject) => `${to} hears of ${subject}`)
  );
  const repeated = [...repeatsIn(ids), ...repeatsIn(told)];
  const heard = new Set(told);
  const missed = owed.filter((each) => !heard.has(each));
  deepEqual({ repeated, missed, more: heard.size - owed.length }, {
    repeated: [],
    missed: [],
    more: 0,
  });
  return repeated.length;
}

function repeatsIn(list: string[]): string[] {
  return list.filter((each, index) => list.indexOf(each) !== index);
}
