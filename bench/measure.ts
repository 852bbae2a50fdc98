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
  const medians = turns.map(({ name, seconds }) => [name, median(seconds)]);
  return Object.fromEntries(medians);
}

async function secondsOf(work: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
}

/** Our own time beside that of a limit or a peer, for the same work in the same run. */
export interface Comparison {
  work: string;
  /** What is counted, and how many of it one round brings. */
  unit: string;
  amount: number;
  /** Seconds. */
  ours: number;
  against: string;
  theirs: number;
}

export const tableHead = `| work | Callboard | against | which takes | ratio |
| --- | ---: | --- | ---: | --- |`;

/** A line of the table. The figures swing with the machine; their ratio swings much less. */
export function tableRow({ work, unit, amount, ours, against, theirs }: Comparison): string {
  const rate = (seconds: number) =>
    `${Number((amount / seconds).toPrecision(2)).toLocaleString("en")} ${unit}/s`;
  const ratio = ours > theirs
    ? `${(ours / theirs).toFixed(1)} times its time`
    : `${(theirs / ours).toFixed(1)} times faster`;
  return `| ${work} | ${rate(ours)} | ${against} | ${rate(theirs)} | ${ratio} |`;
}
