import { createAccounts } from "../db/accounts.ts";
import { createNotification } from "../db/notifications.ts";
import { findOwner } from "../db/owners.ts";
import { createSession } from "../db/sessions.ts";
import { createUsers } from "../db/users.ts";
import type { Email } from "../domain/email.ts";
import type { NotificationInput } from "../domain/notifications.ts";
import type { WebConfig } from "../routes/parts.ts";
import { clockAt } from "./clock.ts";
import { type Temporary, temporaryDatabase } from "./database.ts";
import { startWeb, type Web } from "./web.ts";

/** Friday 20 November 2026, 09:30 UTC. */
export const start = Date.parse("2026-11-20T09:30:00Z");

const origin = "http://localhost:8000";

// Two accounts that must never see each other. Ana asks for everything; Ben is her colleague and her admin; Cleo
// works elsewhere, and whatever is Ana's must be nothing to her; Dev holds no role that shows an event.
const accounts = [
  { id: "meridian-post", name: "Meridian Post", profile: "fulfillment" as const },
  { id: "petrel-and-finch", name: "Petrel & Finch", profile: "content" as const },
];
const operations = "fulfillment-partner-operations" as const;
const people = [
  { id: "ana", name: "Ana Ruiz", accountId: "meridian-post", roles: [operations] },
  { id: "ben", name: "Ben Adler", accountId: "meridian-post", roles: ["account-admin" as const] },
  {
    id: "cleo",
    name: "Cleo Park",
    accountId: "petrel-and-finch",
    roles: ["content-partner-operations" as const],
  },
  { id: "dev", name: "Dev Anand", accountId: "meridian-post", roles: [] },
].map((person) => ({
  ...person,
  email: `${person.id}@${person.accountId}.example`,
  zone: "Europe/Madrid",
  zoneConfirmedAt: start,
}));

/** Who works at the studio, where a test has one: `studio.ts`. */
export type StudioPerson = "ida" | "grace";
export type Person = "ana" | "ben" | "cleo" | "dev";

/** What a notification asks unless a test says otherwise. */
export const branded: NotificationInput = {
  type: "source-request.redelivery-requested",
  conditions: [{ field: "content_type", op: "any", values: ["branded"] }],
  frequency: "daily",
};

const webConfig: WebConfig = {
  baseUrl: origin,
  mailDomain: "localhost",
  secretKey: "s".repeat(32),
  demo: false,
};

/** The whole web on an empty database of its own, with a clock that can be moved and mail that can be read. */
export async function startApp(
  config: Partial<WebConfig> = {},
  database?: Temporary,
) {
  const { db, close, ...place } = database ?? await temporaryDatabase();
  await createAccounts(db, accounts, start);
  await createUsers(db, people, start);
  const clock = clockAt(start);
  const mail: Email[] = [];
  const all = { ...webConfig, ...config };
  const web = await startWeb({
    ...{ db, config: all },
    sendEmail: (email) => Promise.resolve(String(mail.push(email))),
  }, { clock, database: place, mode: all.demo ? "demo" : "start", env: environmentOf(all) });
  const { app, listen, logged } = web;
  return {
    ...{ db, app, listen, clock, mail },
    /** What it told whoever runs it, line by line. */
    logged,
    async close() {
      await web.stop();
      await close();
    },
    /** A browser in which that person is signed in; without one, nobody is. */
    browse: async (person?: Person | StudioPerson) =>
      browser(app, person && `session=${await createSession(db, person, clock.now)}`),
    /** Creates a notification; resolves to its id. */
    create: async (person: Person, input: Partial<NotificationInput> = {}) =>
      (await createNotification(db, await findOwner(db, person), { ...branded, ...input }, start))
        .id,
  };
}

function environmentOf({ baseUrl, secretKey, supportEmail }: WebConfig): Record<string, string> {
  return {
    ...{ BASE_URL: baseUrl, SECRET_KEY: secretKey, MAIL: "outbox" },
    ...supportEmail && { SUPPORT_EMAIL: supportEmail },
  };
}

type Form = Record<string, string | string[]>;

/** Asks as a browser does: with its cookies, and from a page of our own. */
function browser(app: Web["app"], cookie?: string) {
  const ask = async (method: string, path: string, form?: Form, headers?: HeadersInit) => {
    const response = await app.request(`${origin}${path}`, {
      method,
      body: form && encoded(form),
      headers: { origin, ...(cookie ? { cookie } : {}), ...headers },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    get: (path: string, headers?: HeadersInit) => ask("GET", path, undefined, headers),
    /** Submits a plain form. */
    post: (path: string, form: Form = {}, headers?: HeadersInit) =>
      ask("POST", path, form, headers),
    /** Asks as htmx would: from a page, from an element and for an element with these ids. */
    htmx: (
      method: string,
      path: string,
      form?: Form,
      { from = "", to = "", page = "/notifications" } = {},
    ) =>
      ask(method, path, form, {
        "hx-request": "true",
        "hx-current-url": origin + page,
        "hx-source": `form#${from}`,
        "hx-target": `div#${to}`,
      }),
  };
}

function encoded(form: Form): URLSearchParams {
  const pairs = Object.entries(form).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value])
  );
  return new URLSearchParams(pairs);
}
