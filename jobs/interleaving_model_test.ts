import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { rememberListeners } from "../db/listeners.ts";
import {
  type Email,
  NotAccepted,
  type SendEmail,
  TemporaryFailure,
  TooLate,
} from "../domain/email.ts";
import type { Notification } from "../domain/notifications.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { type Deed, deeds } from "../e2e/deeds.ts";
import { Life, type ModelPerson, newPerson, type Row, wants } from "../e2e/lives.ts";
import { day, hour, minute } from "../e2e/stage.ts";
import { type Process, startProcess, type Worker } from "../e2e/turn_taking.ts";
import { mail } from "./sweep.ts";

// Random lives in which several processes look after the mail of one account, statement by statement in any order, and
// are killed at any statement. What each of them remembers it keeps for as long as it lives.

const processes = 3;

type Step =
  | Deed
  | { do: "go on"; process: number; statements: number }
  | { do: "finish"; process: number }
  | End
  | { do: "turn"; mood: Mood }
  | { do: "wait"; after: number };

interface End {
  do: "stop" | "kill";
  process: number;
}

function isEnd(step: Step): step is End {
  return step.do === "stop" || step.do === "kill";
}

/** A provider takes emails, takes none, or takes them and says that it failed. */
type Mood = "works" | "refuses" | "swallows";

const process = fc.nat({ max: processes - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  ...deeds,
  {
    weight: 30,
    arbitrary: fc.record({
      do: fc.constant("go on" as const),
      process,
      statements: fc.integer({ min: 1, max: 12 }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("finish" as const), process }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("stop" as const, "kill" as const), process }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("turn" as const),
      mood: fc.constantFrom<Mood[]>("works", "refuses", "swallows"),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      after: fc.oneof(
        fc.constantFrom(minute / 3, minute, 11 * minute),
        fc.integer({ min: 1, max: 24 }).map((hours) => hours * hour / 2),
      ),
    }),
  },
);

/** Somebody, and what they may have been told of what happened, by subject. */
interface Reader extends ModelPerson {
  allowed: Set<string>;
  /** The events in emails that some process had claimed when the last deed began, by `seq`. */
  inHand: Set<number>;
}

class SharedLife extends Life<Reader> {
  mood: Mood = "works";
  readonly taken = new Map<string, Email>();
  readonly processes: Process[] = [];
  readonly problems: unknown[] = [];

  constructor(db: Database, number: number, readonly url: string) {
    super(db, number, (id) => ({ ...newPerson(id), allowed: new Set(), inHand: new Set() }));
  }

  override async begin(): Promise<void> {
    await super.begin();
    for (let index = 0; index < processes; index += 1) {
      this.processes.push(await this.startProcess());
    }
  }

  override async end(): Promise<void> {
    for (const process of this.processes) process.kill();
    await super.end();
  }

  startProcess(): Promise<Process> {
    return startProcess(this.url, ({ db, turn, stopping }) => {
      const listeners = rememberListeners(db);
      return () =>
        mail({
          ...{ db, listeners, stopping, sendEmail: this.provider(turn), sendConcurrency: 2 },
          now: () => this.now,
          report: (what, error) => this.report(what, error),
          baseUrl: "https://callboard.example",
          mailDomain: "callboard.example",
          secretKey: "the secret of these tests, long enough",
        });
    });
  }

  report(what: string, error: unknown): void {
    this.tell(`${what}: ${error}`);
    this.problems.push(error);
  }

  /** A provider that can be asked what it took, but when it refuses. Whoever sends may stand still before, after and in between. */
  provider(turn: Worker["turn"]): SendEmail {
    return async (email, { number, isTooLate, asksOnly }) => {
      await turn(`hands over ${email.id}`);
      if (isTooLate?.()) throw new TooLate();
      if (this.mood === "refuses") throw new TemporaryFailure("not now");
      if (number > 1 && this.taken.has(email.id)) return email.id;
      if (asksOnly) throw new NotAccepted();
      deepEqual(this.taken.has(email.id), false, "taken twice");
      this.taken.set(email.id, email);
      this.tell(`taken: ${email.to} ${subjectsOf(email)} ${email.id}`);
      await turn(`hears that ${email.id} was taken`);
      if (this.mood !== "works") throw new TemporaryFailure("Mailgun answered 500");
      return email.id;
    };
  }

  async take(step: Step): Promise<void> {
    if (step.do === "wait") return void (this.now += step.after);
    if (step.do === "turn") {
      this.tell(`the provider ${step.mood}`);
      return void (this.mood = step.mood);
    }
    if (isEnd(step)) return await this.replace(step);
    if (step.do === "finish") {
      this.tell(`${step.process} goes on to the end`);
      const process = this.processes[step.process]!;
      if (!process.isAtWork()) await process.goOn();
      return await process.finish();
    }
    if (step.do === "go on") {
      for (let left = step.statements; left > 0; left -= 1) {
        this.tell(`${step.process} ${await this.processes[step.process]!.goOn()}`);
      }
      return;
    }
    const before = "which" in step ? await this.notifications(this.people[step.who]!) : [];
    for (const person of this.people) person.inHand = await this.inHand(person);
    await this.do(step);
    if (step.do === "edit") this.afterEdit(this.people[step.who]!, before);
    for (const person of this.people) await this.allow(person);
  }

  async replace({ do: how, process: index }: End): Promise<void> {
    this.tell(`${how} ${index}`);
    const process = this.processes[index]!;
    if (how === "stop") {
      process.stop();
      await process.finish();
    }
    process.kill();
    this.processes[index] = await this.startProcess();
  }

  /** Whatever somebody wants at a moment they may be told at once. */
  async allow(person: Reader): Promise<void> {
    for (const { event } of await this.wanted(person)) person.allowed.add(event.subject);
  }

  async wanted(person: Reader): Promise<Row[]> {
    const byId = new Map((await this.notifications(person)).map((n) => [n.id, n]));
    return person.rows.filter(({ notification, event }) => wants(byId.get(notification)!, event));
  }

  /** What did not match before an edit may have been accounted for: whether it is told then is open. */
  afterEdit(person: Reader, before: Notification[]): void {
    const byId = new Map(before.map((n) => [n.id, n]));
    for (const row of person.rows) {
      const was = byId.get(row.notification);
      if (was && !wants(was, row.event)) row.isUnsure = true;
    }
  }

  /** What ends is told no more, but what somebody is handing over at the moment. */
  override async drop(person: Reader, isOver: (row: Row) => boolean): Promise<void> {
    const ended = person.rows.filter(isOver).map(({ event }) => event);
    await super.drop(person, isOver);
    const told = new Set(this.toldTo(person));
    for (const { seq, subject } of ended) {
      if (!person.inHand.has(seq) && !told.has(subject)) person.allowed.delete(subject);
    }
    await this.allow(person);
  }

  /** What somebody was told, by subject, and as often. */
  toldTo({ id }: Reader): string[] {
    return [...this.taken.values()].filter(({ to }) => to.startsWith(`${id}@`)).flatMap(subjectsOf);
  }

  /** The events in emails that somebody claimed. */
  async inHand({ id }: Reader): Promise<Set<number>> {
    const rows = await this.db.all<{ seq: number }>(sql`
      SELECT item.value ->> 'seq' AS seq FROM emails, json_each(content, '$.items') item
      WHERE user_id = ${id} AND state = 'queued' AND attempts > 0`);
    return new Set(rows.map(({ seq }) => seq));
  }

  /** Lets everybody wake up, and time go by until nothing is left to be told. */
  async settle(): Promise<void> {
    await this.take({ do: "turn", mood: "works" });
    for (const process of this.processes) await process.finish();
    for (const [who] of this.people.entries()) {
      await this.take({ do: "set quiet hours", who, hours: null });
    }
    const rests = [
      ...[0, minute, 11 * minute, hour, 2 * hour],
      ...Array(11).fill(8 * hour),
      ...Array(8).fill(day),
      ...[hour, hour],
    ];
    for (const [index, after] of rests.entries()) {
      await this.take({ do: "wait", after });
      await this.take({ do: "finish", process: index % processes });
    }
  }

  async check(): Promise<void> {
    deepEqual(this.problems, []);
    for (const person of this.people) {
      const told = this.toldTo(person);
      const owed = (await this.wanted(person)).filter(({ isUnsure }) => !isUnsure);
      const must = [...new Set(owed.map(({ event }) => event.subject))];
      this.tell(`${person.id} was told ${told}; owed ${must}; allowed ${[...person.allowed]}`);
      deepEqual(told.filter((subject, index) => told.indexOf(subject) !== index), [], "twice");
      deepEqual(must.filter((subject) => !told.includes(subject)), [], "lost");
      deepEqual(told.filter((subject) => !person.allowed.has(subject)), [], "not wanted");
    }
  }
}

function subjectsOf({ text }: Email): string[] {
  return [...new Set(text.match(/SR-\d+/g))];
}

/** Lets timers ring at once: what is waited for here comes by turns. Resolves to what sets the clock right again. */
function hurryTimers(): () => void {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = ((work: () => void) => setTimeout(work)) as typeof setTimeout;
  return () => void (globalThis.setTimeout = setTimeout);
}

/** One process learns who listens right after another has held them through the night, and is the next to look in the morning. */
const heldByAnother: Step[] = [
  { do: "set roles", who: 0, roles: ["master-content-partner-operations"] },
  { do: "set roles", who: 1, roles: ["master-content-partner-operations"] },
  {
    ...{ do: "create", who: 0, which: 0, type: "source-request.delivered" },
    ...{ frequency: "immediately", content: null },
  },
  { do: "set quiet hours", who: 0, hours: [22, 7] },
  { do: "append", type: "source-request.delivered", content: "branded" },
  { do: "go on", process: 0, statements: 3 },
  { do: "finish", process: 1 },
  { do: "finish", process: 0 },
  { do: "wait", after: 8 * hour },
  { do: "finish", process: 1 },
  { do: "append", type: "source-request.delivered", content: "branded" },
  { do: "finish", process: 0 },
];

Deno.test("however processes take turns, stand still and die, everybody is told once what they asked for", async () => {
  const { db, url, close } = await temporaryDatabase();
  await db.run(sql`PRAGMA synchronous = OFF`);
  const slowTimers = hurryTimers();
  let lives = 0;
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 30, maxLength: 90, size: "max" }),
    async (steps) => {
      const life = new SharedLife(db, lives += 1, url);
      await life.begin();
      try {
        for (const step of steps) await life.take(step);
        await life.settle();
        await life.check();
      } catch (error) {
        throw new Error(`${life.story.join("\n")}\n${error}`, { cause: error });
      } finally {
        await life.end();
      }
    },
  );
  try {
    // A hundred times as many take half an hour.
    const numRuns = Number(Deno.env.get("INTERLEAVINGS") ?? 25);
    await fc.assert(property, { numRuns, endOnFailure: true, examples: [[heldByAnother]] });
  } finally {
    slowTimers();
    await close();
  }
});
