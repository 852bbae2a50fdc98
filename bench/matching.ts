import { eventType, eventTypeIds, type Field } from "../domain/catalogue.ts";
import type { Condition } from "../domain/conditions.ts";
import type { Event } from "../domain/events.ts";
import { compile, emptyPool } from "../domain/match.ts";
import { type Chance, chanceOf } from "../demo/chance.ts";
import { simulate } from "../demo/story.ts";
import { type Comparison, inTurns } from "./measure.ts";

const rounds = 5;

interface Asked {
  type: string;
  conditions: Condition[];
}

/** How many notifications of an account match an event. */
type Matcher = (account: number, event: Event) => number;

/** Matching an event in its account, compiled, against reading every condition of the same bucket in turn. */
export async function matching(): Promise<Comparison[]> {
  return [
    await compare("2,000 accounts with 100 notifications each", {
      accounts: Array.from({ length: 2_000 }, (_, index) => asked(chanceOf(index), 100)),
      events: stories(20_000),
    }),
    await compare("the studio with 40,000 notifications", {
      accounts: [asked(chanceOf("studio"), 40_000)],
      events: stories(200),
    }),
  ];
}

async function compare(
  whose: string,
  { accounts, events }: { accounts: Asked[][]; events: Event[] },
): Promise<Comparison> {
  const ways = { ours: compiled(accounts), scan: scanned(accounts) };
  const told = { ours: 0, scan: 0 };
  const run = (way: keyof typeof ways) => () => {
    events.forEach((event, index) => told[way] += ways[way](index % accounts.length, event));
  };
  const seconds = await inTurns({ ours: run("ours"), scan: run("scan") }, { rounds });
  if (told.ours !== told.scan) throw new Error("Cannot measure: the two ways do not agree");
  return {
    ...{ work: `matching: ${whose}`, unit: "events", amount: events.length },
    ...{ ours: seconds.ours, against: "reading every condition in turn", theirs: seconds.scan },
  };
}

/** Notifications as people ask them: the same few questions again and again. */
function asked(chance: Chance, count: number): Asked[] {
  return Array.from({ length: count }, () => {
    const type = chance.pick(eventTypeIds);
    const { fields } = eventType(type)!;
    const names = ["content_type", "source_type", "language"].filter(() => chance.happens(0.5));
    return { type, conditions: names.map((name) => question(chance, name, fields[name]!)) };
  });
}

function question(chance: Chance, field: string, { kind }: Field): Condition {
  const op = chance.weighted({ any: 4, none: 1 });
  if (kind === "language") return { field, op, values: [chance.pick(["ko", "pt", "es", "fr"])] };
  const values = field === "content_type"
    ? ["branded", "original", "licensed"]
    : ["video-and-audio", "timed-text", "imf", "subtitle"];
  return { field, op, values: [chance.pick(values)] };
}

function stories(count: number): Event[] {
  const until = Date.parse("2026-11-20T00:00:00Z");
  const told = simulate({ accounts: 20, days: 10, perDay: count / 10, seed: 1, until });
  return [...told].map(({ type, time, subject, data }, index) => ({
    ...{ seq: index + 1, type, time: Date.parse(time), subject, data: { ...data } },
  }));
}

function compiled(accounts: Asked[][]): Matcher {
  const pool = emptyPool();
  const matches = accounts.map((asked) => compile(asked, pool));
  return (account, event) => matches[account]!(event).length;
}

function scanned(accounts: Asked[][]): Matcher {
  const buckets = accounts.map(byType);
  return (account, event) => {
    const bucket = buckets[account]!.get(event.type) ?? [];
    return bucket.filter(({ conditions }) => conditions.every((asked) => holds(asked, event)))
      .length;
  };
}

function byType(list: Asked[]): Map<string, Asked[]> {
  return Map.groupBy(list, ({ type }) => type);
}

function holds(asked: Condition, { type, data }: Event): boolean {
  if (!("values" in asked)) return false;
  const said = data[asked.field];
  const field = eventType(type)!.fields[asked.field]!;
  const found = typeof said === "string" && asked.values.some((value) => means(field, value, said));
  return found === (asked.op === "any");
}

function means(field: Field, value: string, said: string): boolean {
  if (value === said) return true;
  if (field.kind === "language") return said.toLowerCase().startsWith(`${value}-`);
  return field.kind === "choice" && (field.groups?.[value]?.values.includes(said) ?? false);
}
