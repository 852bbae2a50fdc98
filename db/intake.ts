import type { PostedEvent } from "../domain/events.ts";
import { together } from "../domain/together.ts";
import type { Database } from "./client.ts";
import { appendEvents, type Audiences, loadAudiences, type Outcome } from "./events.ts";

interface Post {
  events: readonly PostedEvent[];
  now: number;
}

/** How many events one commit takes, and how many characters of JSON; more wait for the next, so that nobody waits long for the write lock. */
const mostEvents = 2_000;
const mostCharacters = 1_000_000;

/** Appends posts to the log, those that come while others are being written in one commit; resolves to the outcomes of a post once it is durable. */
export function openIntake(db: Database): (post: Post) => Promise<Outcome[]> {
  let audiences: Audiences = new Map();

  async function append({ events, now }: Post): Promise<Outcome[]> {
    // Accounts are never taken away: whoever is known stays known.
    const isKnown = (account: string) => audiences.has(account);
    if (!events.every(({ accounts }) => accounts.every(isKnown))) {
      audiences = await loadAudiences(db);
    }
    return await appendEvents(db, events, now, audiences);
  }

  async function appendTogether(posts: Post[]): Promise<Result[]> {
    if (posts.length === 1) return [await settled(append(posts[0]!))];
    const events = posts.flatMap((post) => post.events);
    const all = await settled(append({ events, now: Math.max(...posts.map(({ now }) => now)) }));
    // What one of them cannot do must not fail the others.
    if ("error" in all) return await inTurn(posts, (post) => settled(append(post)));
    const outcomes = all.outcomes.values();
    return posts.map((post) => ({ outcomes: outcomes.take(post.events.length).toArray() }));
  }

  const appendNext = together(async (posts: Post[]) =>
    (await inTurn(commitsOf(posts), appendTogether)).flat()
  );
  return async (post) => {
    const result = await appendNext(post);
    if ("error" in result) throw result.error;
    return result.outcomes;
  };
}

type Result = { outcomes: Outcome[] } | { error: unknown };

async function settled(appending: Promise<Outcome[]>): Promise<Result> {
  try {
    return { outcomes: await appending };
  } catch (error) {
    return { error };
  }
}

/** The posts of each commit: a post is never torn, however large it is. */
function commitsOf(posts: Post[]): Post[][] {
  if (posts.length === 1) return [posts];
  const commits: Post[][] = [];
  let [events, characters] = [Infinity, Infinity];
  for (const post of posts) {
    const length = JSON.stringify(post.events).length;
    if (events + post.events.length > mostEvents || characters + length > mostCharacters) {
      commits.push([]);
      [events, characters] = [0, 0];
    }
    commits.at(-1)!.push(post);
    events += post.events.length;
    characters += length;
  }
  return commits;
}

async function inTurn<Item, Answer>(items: Item[], ask: (item: Item) => Promise<Answer>) {
  const answers: Answer[] = [];
  for (const item of items) answers.push(await ask(item));
  return answers;
}
