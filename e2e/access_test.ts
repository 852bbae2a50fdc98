import { deepEqual, notEqual, ok } from "node:assert/strict";
import { createAccounts } from "../db/accounts.ts";
import { createApiKey } from "../db/api_keys.ts";
import { deactivateUser } from "../db/deactivation.ts";
import { appendEvents } from "../db/events.ts";
import { muteNotification } from "../db/notification_actions.ts";
import { listKeys } from "../db/keys.ts";
import { createScimKey } from "../db/scim_keys.ts";
import { createSession, sessionLength } from "../db/sessions.ts";
import { createUsers } from "../db/users.ts";
import { beginViewing } from "../db/viewing.ts";
import type { Role } from "../domain/catalogue.ts";
import { schemas } from "../domain/scim.ts";
import { composeAll } from "../jobs/compose.ts";
import { type Asker, askers, expected, type Outcome, table } from "./access.ts";
import { startApp } from "./app.ts";
import { event } from "./stage.ts";
import { stored } from "./stored.ts";

// Every route of the app, asked by everybody, against the table of who may do what.

const origin = "http://localhost:8000";

type App = Awaited<ReturnType<typeof startApp>>;

/** An app in which everybody of the table can ask, and Ana owns one of everything. */
async function startCrowd() {
  const app = await startApp({ supportEmail: "support@callboard.example" });
  const { db, clock } = app;
  await createAccounts(
    db,
    [{ id: "northlight", name: "Northlight", profile: "studio" }],
    clock.now,
  );
  await createUsers(db, [
    person("eli", "petrel-and-finch", "account-admin"),
    person("grace", "northlight", "studio-operations"),
    person("ida", "northlight", "studio-admin"),
    person("jan", "northlight", "studio-admin"),
    person("gone", "meridian-post", "fulfillment-partner-operations"),
  ], clock.now);
  const headers = await headersOf(app);
  await deactivateUser(db, "meridian-post", "gone", clock.now);
  return { ...app, headers, owned: await owned(app) };
}

type Crowd = Awaited<ReturnType<typeof startCrowd>>;

function person(id: string, accountId: string, role: Role) {
  const email = `${id}@${accountId}.example`;
  return { id, accountId, name: id, email, roles: [role], zone: "UTC" };
}

async function headersOf({ db, clock }: App): Promise<Record<Asker, HeadersInit>> {
  const session = async (id: string, at = clock.now) => ({
    cookie: `session=${await createSession(db, id, at)}`,
  });
  const jans = await createSession(db, "jan", clock.now);
  const viewing = { token: jans, secret: "s".repeat(32), as: "ana", now: clock.now };
  const key = await createApiKey(db, { name: "backlot" }, clock.now);
  const directory = async (accountId: string) => ({
    authorization: `Bearer ${await createScimKey(db, { name: "d", accountId }, clock.now)}`,
  });
  return {
    "nobody": {},
    "forged session": { cookie: "session=ana" },
    "expired session": await session("ana", clock.now - sessionLength - 1),
    "deactivated": await session("gone"),
    "api key": { authorization: `Bearer ${key}` },
    "SCIM key": await directory("meridian-post"),
    "SCIM key elsewhere": await directory("petrel-and-finch"),
    "ana": await session("ana"),
    "colleague and admin": await session("ben"),
    "elsewhere": await session("cleo"),
    "admin elsewhere": await session("eli"),
    "studio": await session("grace"),
    "studio admin": await session("ida"),
    "viewing as Ana": { cookie: `session=${await beginViewing(db, viewing)}` },
  };
}

/** What stands for the parameters of a path: a notification, an email, an event and a change, all of them Ana's. */
async function owned({ db, clock, create }: App) {
  const [id, other] = [
    await create("ana", { frequency: "immediately" }),
    await create("ana", { frequency: "weekly" }),
  ];
  const change = await muteNotification(db, "ana", other, clock.now);
  const data = { accounts: ["meridian-post"], content_type: "branded" };
  const type = "source-request.redelivery-requested";
  await appendEvents(db, [event({ id: "1", type, subject: "SR-1", data })], clock.now);
  await composeAll(db, {
    now: clock.now,
    report: (_, error) => {
      throw error;
    },
  });
  const [key] = await listKeys(db);
  const email = await db.query.emails.findFirst({ where: (e, { eq }) => eq(e.userId, "ana") });
  return { notification: String(id), email: email!.id, seq: "1", change: change!, key: key!.id };
}

function pathOf(
  pattern: string,
  { notification, email, seq, change, key }: Awaited<ReturnType<typeof owned>>,
) {
  const id = ids.find(([part]) => pattern.includes(part))?.[1] ??
    (pattern.includes("/emails/") ? email : pattern.startsWith("/keys/") ? key : notification);
  const reference = "CB-33333-33333";
  const [frequency, optOut] = ["daily", "daily"];
  const [account, role] = ["meridian-post", "fulfillment-partner-operations"];
  const values: Record<string, string> = {
    ...{ id, account, seq, change, frequency, optOut, reference, role },
  };
  return pattern.replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? "unknown");
}

/** What stands for the id of what is nobody's notification and nobody's email. */
const ids = [
  ["/prepared/", "1"],
  ["/people/", "ana"],
  ["/Users/", "ana"],
  ["/Groups/", "fulfillment-partner-operations"],
  ["/ResourceTypes/", "User"],
  ["/Schemas/", schemas.user],
] as const;

Deno.test("every route of the app stands in the table, and nothing else does", async () => {
  const { app, close } = await startApp();
  const routes = app.routes.filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path.replaceAll(/\{[^}]*\}/g, "")}`);
  deepEqual([...new Set(routes)].sort(), Object.keys(table).sort());
  await close();
});

for (const [route, row] of Object.entries(table)) {
  Deno.test(`${route} is ${row.access}`, async () => {
    const crowd = await startCrowd();
    const wanted = askers.map((asker) => [asker, expected(asker, route)] as const);
    // Whoever may not asks first: afterwards it may be gone.
    const isLetIn = ([, outcome]: (typeof wanted)[0]) => Number(outcome === "in");
    const answers: [Asker, Outcome][] = [];
    for (const [asker] of wanted.toSorted((a, b) => isLetIn(a) - isLetIn(b))) {
      answers.push([asker, await outcomeOf(crowd, route, { ...row, asker })]);
    }
    deepEqual(Object.fromEntries(answers), Object.fromEntries(wanted));
    await crowd.close();
  });
}

async function outcomeOf(
  { app, headers, owned }: Crowd,
  route: string,
  { asker, form, json }: Pick<typeof table[string], "form" | "json"> & { asker: Asker },
): Promise<Outcome> {
  const [method, pattern] = route.split(" ") as [string, string];
  const response = await app.request(`${origin}${pathOf(pattern, owned)}`, {
    method,
    headers: { origin, ...headers[asker] },
    body: method === "GET" ? null : json ? JSON.stringify(json) : new URLSearchParams(form),
  });
  await response.body?.cancel();
  notEqual(response.status, 500);
  if (response.headers.get("location")?.startsWith("/sign-in?next=")) return "sign in";
  return refusals.find((refusal) => refusal === response.status) ?? "in";
}

const refusals = [401, 403, 404, 503] as const;

Deno.test("whoever views as somebody else changes nothing, whichever route is asked", async () => {
  const crowd = await startCrowd();
  const asker = "viewing as Ana";
  const refused = Object.entries(table).filter(([route]) =>
    !route.startsWith("GET") && expected(asker, route) === 403
  );
  ok(refused.length > 20);
  const before = await stored(crowd.db);
  for (const [route, { form }] of refused) {
    deepEqual([route, await outcomeOf(crowd, route, { asker, form })], [route, 403]);
  }
  deepEqual(await stored(crowd.db), before);
  await crowd.close();
});
