import { createSession } from "../db/sessions.ts";
import { chanceOf } from "../demo/chance.ts";
import { simulated } from "../e2e/month.ts";
import type { Happening, Reader } from "../e2e/reference.ts";
import type { World } from "../e2e/world.ts";
import { type Client, clientOf } from "./soak_client.ts";
import { recentlySent, webhook } from "./soak_webhooks.ts";

// What a day brings, mixed: people who look, search and save, upstream systems, and Mailgun, which tells what became of
// the mail.

/** How many events a post brings. */
const postedAtOnce = 5;
/** Of so many requests, how many are of each kind. */
const shares = { page: 8, search: 4, forecast: 2, webhook: 2, save: 1, post: 1 };
type Kind = keyof typeof shares;
const kinds = Object.entries(shares).flatMap(([kind, share]) =>
  Array<Kind>(share).fill(kind as Kind)
);

export interface Load {
  /** Does what comes next; resolves to the milliseconds of each answer. */
  next(): Promise<{ took: number[] }>;
  /** The events that are durable. */
  posted: Happening[];
}

/** Makes the load ready: everybody is signed in, and what will happen upstream is known. */
export async function openLoad(world: World, apiKey: string): Promise<Load> {
  const chance = chanceOf("soak");
  // Of whom notifications are known, it is known what they may ask about.
  const readers = world.readers.filter(({ active, asked }) => active && asked.length > 0);
  const people = await Promise.all(readers.map((reader) => signIn(world, reader)));
  const upcoming = (await simulated("--accounts", "4", "--days", "60", "--per-day", "2000"))
    .values();
  const posted: Happening[] = [];
  const recent = recentlySent(world);
  const deeds: Record<Kind, (client: Client) => Promise<unknown>> = {
    page: (client) => browse(client, chance.pick(people), "/notifications"),
    search: (client) =>
      browse(client, chance.pick(people), `/notifications?q=${chance.pick(sought)}`),
    forecast: (client) => submit(client, chance.pick(people), "/notifications/forecast", draft),
    save: (client) => saveAndDelete(client, chance.pick(people)),
    async post(client) {
      const events = upcoming.take(postedAtOnce).toArray();
      const headers = {
        "authorization": `Bearer ${apiKey}`,
        "content-type": "application/cloudevents-batch+json",
      };
      const init = { method: "POST", headers, body: JSON.stringify(events) };
      const { status } = await client.ask("/api/events", init);
      if (status !== 202) throw new Error(`Events were answered with ${status}`);
      posted.push(...events);
    },
    async webhook(client) {
      const id = await recent(chance);
      if (id) await client.ask("/webhooks/mailgun", webhook(id, world.now()));
    },
  };
  return {
    posted,
    async next() {
      const kind = chance.pick(kinds);
      const client = clientOf(world, chance);
      await deeds[kind](client);
      return { took: client.took };
    },
  };
}

const sought = ["deliv", "korean", "qc"];

interface Person {
  cookie: string;
  /** What they may ask about. */
  type: string;
}

async function signIn({ db, now }: World, { id, asked }: Reader): Promise<Person> {
  const cookie = `__Host-session=${await createSession(db, id, now())}`;
  return { cookie, type: asked[0]!.type };
}

function browse({ ask }: Client, { cookie }: Person, path: string) {
  return ask(path, { headers: { cookie } });
}

function submit(
  { ask }: Client,
  { cookie, type }: Person,
  path: string,
  fields: Record<string, string>,
) {
  const headers = { cookie, origin: "https://callboard.example" };
  return ask(path, { method: "POST", headers, body: new URLSearchParams({ type, ...fields }) });
}

/** What nothing will ever match: whoever saves it hears of nothing more. */
const draft = {
  "frequency": "immediately",
  "op.title": "any",
  "where.title": "a title that nobody makes",
};

async function saveAndDelete(client: Client, person: Person): Promise<void> {
  const attempt = crypto.randomUUID();
  const fields = { ...draft, "where.title": `${draft["where.title"]} ${attempt}`, attempt };
  const saved = await submit(client, person, "/notifications", fields);
  const [path] = (saved.location ?? "").split("?");
  if (!path) throw new Error(`Saving was answered with ${saved.status}`);
  await submit(client, person, `${path}?_method=DELETE`, {});
}
