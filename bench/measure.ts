/** One round of a way of doing some work; round -1 only warms up. */
export type Way = (round: number) => Promise<void> | void;

/** The median seconds of each way. They take turns, so that whatever slows a round slows all of them alike. */
export async function inTurns<Name extends string>(
  ways: Record<Name, Way>,
  { rounds, prepare }: { rounds: number; prepare?: Way },
): Promise<Record<Name, number>> {
  const turns = Object.entries<Way>(ways).map(([name, way]) => ({ name, way, seconds: [0] }));
  for (let round = -1; round < rounds; round += 1) {
    await prepare?.(round);
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
      const seconds = await secondsOf(() => turn.way(round));
      if (round === -1) turn.seconds = [];
      else turn.seconds.push(seconds);
    }
  }
  const medians = turns.map(({ name, seconds }) => [name, percentile(seconds, 50)]);
  return Object.fromEntries(medians);
}

/** The milliseconds of each of so many requests, of which `atOnce` are always under way; the first tenth only warms up. */
export async function latencies(
  ask: () => Promise<unknown>,
  { count, atOnce = 1 }: { count: number; atOnce?: number },
): Promise<number[]> {
  const measured: number[] = [];
  let left = count + Math.ceil(count / 10);
  async function keepAsking() {
    while (left > 0) {
      left -= 1;
      measured.push(1000 * await secondsOf(async () => void await ask()));
    }
  }
  await Promise.all(Array.from({ length: atOnce }, keepAsking));
  return measured.slice(-count);
}

async function secondsOf(work: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The number that so many percent of the numbers do not exceed: 50 for the median, 95, 99. */
export function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * percent / 100) - 1)]!;
}

/** Our own time beside that of a peer, for the same work in the same run. */
export interface Comparison {
  work: string;
  /** What is counted, and how many of it one round brings. */
  unit: string;
  amount: number;
  /** Seconds. */
  ours: number;
  against: string;
  theirs: number;
  /** How many times its rate ours should be; a line without one only informs. */
  goal?: number;
}

/** A figure of ours beside what it should be. */
export interface Limit {
  work: string;
  unit: string;
  value: number;
  limit: number;
  should: "not exceed" | "reach";
}

/** A line of the table. */
export type Line = Comparison | Limit;

export const tableHead = `| work | Callboard | against | which has | ratio | goal |
| --- | ---: | --- | ---: | --- | --- |`;

/** A line as Markdown. The figures swing with the machine; the ratio of two swings much less. */
export function tableRow(line: Line): string {
  const cells = "theirs" in line ? comparisonCells(line) : limitCells(line);
  return `| ${cells.join(" | ")} |`;
}

function comparisonCells({ work, unit, amount, ours, against, theirs, goal }: Comparison) {
  const rate = (seconds: number) => figure(amount / seconds, `${unit}/s`);
  const ratio = ours > theirs
    ? `${(ours / theirs).toFixed(1)} times its time`
    : `${(theirs / ours).toFixed(1)} times faster`;
  const aim = goal ? `${goalText(goal)}: ${verdict(theirs / ours >= goal)}` : "";
  return [work, rate(ours), against, rate(theirs), ratio, aim];
}

function goalText(goal: number): string {
  return goal < 1 ? `at most ${+(1 / goal).toFixed(2)} times its time` : `${goal} times its rate`;
}

function limitCells({ work, unit, value, limit, should }: Limit) {
  const holds = should === "reach" ? value >= limit : value <= limit;
  const ratio = `${(value / limit).toFixed(2)} of it`;
  return [
    work,
    figure(value, unit),
    "a limit",
    figure(limit, unit),
    ratio,
    `${should}: ${verdict(holds)}`,
  ];
}

function figure(value: number, unit: string): string {
  return `${Number(value.toPrecision(2)).toLocaleString("en")} ${unit}`;
}

function verdict(holds: boolean): string {
  return holds ? "holds" : "**missed**";
}
