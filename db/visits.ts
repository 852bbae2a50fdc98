import { type SQL, sql } from "drizzle-orm";
import type { Hearing } from "../domain/coverage.ts";
import type { ShownNotification } from "../domain/notifications.ts";
import type { DigestFrequency } from "../domain/schedule.ts";
import { boundedMap } from "./bounded_map.ts";
import type { Database } from "./client.ts";
import type { Page, RecentEvents } from "./kept_events.ts";
import type { Audience } from "./log.ts";
import { type DigestsAnswer, digestsOf, toNextDigests } from "./panel.ts";
import { type RecentEventsMemory, rememberEvents } from "./recent_events.ts";
import { type OwnAnswer, rememberNotifications } from "./remembered_notifications.ts";
import {
  type CurrentUser,
  findSession,
  toCurrentUser,
  type UserAnswer,
  userBehind,
} from "./sessions.ts";
import { hashToken } from "./tokens.ts";

// Who is asking and what the panel shows them, in one round trip: what was read before is remembered, and the database
// says what has changed. Whom a session belongs to is remembered too, but only in order to know what to ask beside it:
// the answer's own session decides.

/** What the panel shows somebody, as it is now. */
export interface Visit {
  user: CurrentUser;
  /** Moves with every change to users and notifications of the account. */
  version: number;
  notifications: ShownNotification[];
  /** What the user's colleagues have of the deadline types. */
  hearings: Hearing[];
  nextDigests: Map<DigestFrequency, number>;
  /** What the user's account got lately, whether or not the user's roles may see it. */
  events: RecentEvents;
}

/** Somebody whose panel is asked for. */
interface Visitor {
  id: string;
  account: Audience;
}

export interface Visits {
  /** The visit of whoever holds a session's token, or null where `findSession` would find nobody. */
  begin(token: string, now: number): Promise<Visit | null>;
  /** The same visit after something was changed. */
  again(user: CurrentUser, now: number): Promise<Visit>;
  /** What the accounts got lately, for pages that show nothing else of the panel. */
  events: RecentEventsMemory;
}

interface PanelAnswer extends OwnAnswer, DigestsAnswer, Page {}

/** How many sessions are remembered. */
const mostSessions = 20_000;

/** The visits to one database, and the memory that they share. */
export function openVisits(db: Database): Visits {
  const visitors = boundedMap<string, Visitor>(mostSessions);
  const events = rememberEvents(db);
  const notifications = rememberNotifications();

  function panelOf({ id, account }: Visitor, now: number) {
    const own = notifications.next(id);
    const recent = events.next(account, now);
    return {
      columns: sql`${own.columns}, ${digestsOf(id)}, ${recent.columns}`,
      take: async (answer: PanelAnswer) => ({
        ...own.take(answer),
        nextDigests: toNextDigests(answer),
        events: await recent.take(answer),
      }),
    };
  }

  async function again(user: CurrentUser, now: number): Promise<Visit> {
    const panel = panelOf(user, now);
    const [answer] = await db.all<PanelAnswer>(besideAccount(user, panel.columns));
    return { user, ...await panel.take(answer!) };
  }

  /** Null where it is not who was remembered, or not for sure. */
  async function beginAs(guess: Visitor, session: string, now: number): Promise<Visit | null> {
    const panel = panelOf(guess, now);
    const columns = sql`${userBehind(session, now)}, ${panel.columns}`;
    const [answer] = await db.all<UserAnswer & PanelAnswer>(besideAccount(guess, columns));
    const user = toCurrentUser(answer);
    return user && isSame(user, guess) ? { user, ...await panel.take(answer!) } : null;
  }

  async function welcome(session: string, user: CurrentUser | null, now: number) {
    visitors.delete(session);
    if (!user) return null;
    if (!user.viewing) visitors.set(session, { id: user.id, account: user.account });
    return await again(user, now);
  }

  return {
    events,
    again,
    async begin(token, now) {
      const session = hashToken(token);
      const guess = visitors.get(session);
      const visit = guess ? await beginAs(guess, session, now) : null;
      return visit ?? await welcome(session, await findSession(db, token, now), now);
    },
  };
}

/** One row, which costs less than a statement for each thing that is asked. */
function besideAccount({ account }: Visitor, columns: SQL): SQL {
  return sql`SELECT ${columns} FROM accounts WHERE accounts.id = ${account.id}`;
}

function isSame(a: Visitor, b: Visitor): boolean {
  return a.id === b.id && a.account.id === b.account.id && a.account.profile === b.account.profile;
}
