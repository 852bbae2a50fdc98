// The table that the README keeps: a line for each peer and each limit, all of one shape.

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
  /** How many times its rate ours should be; without one the line only informs. */
  goal?: number;
}

/** A figure of ours that must not exceed, or must reach, a limit. */
export interface Limit {
  work: string;
  unit: string;
  value: number;
  atMost?: number;
  atLeast?: number;
}

export type Line = Comparison | Limit;

export const tableHead = `| work | Callboard | against | which has | ratio | goal |
| --- | ---: | --- | ---: | --- | --- |`;

/** A line of the table. The figures swing with the machine; the ratio of two swings much less. */
export function tableRow(line: Line): string {
  return `| ${("theirs" in line ? comparisonCells(line) : limitCells(line)).join(" | ")} |`;
}

function comparisonCells({ work, unit, amount, ours, against, theirs, goal }: Comparison) {
  const rate = (seconds: number) => figure(amount / seconds, `${unit}/s`);
  const ratio = ours > theirs
    ? `${(ours / theirs).toFixed(1)} times its time`
    : `${(theirs / ours).toFixed(1)} times faster`;
  const aim = goal === undefined ? "" : `${goal} times its rate${verdict(theirs / ours >= goal)}`;
  return [work, rate(ours), against, rate(theirs), ratio, aim];
}

function limitCells({ work, unit, value, atMost, atLeast }: Limit) {
  const limit = atMost ?? atLeast ?? NaN;
  const holds = atMost === undefined ? value >= limit : value <= limit;
  const share = `${(value / limit).toFixed(2)} of it`;
  const aim = `${atMost === undefined ? "at least" : "at most"} that${verdict(holds)}`;
  return [work, figure(value, unit), "the limit", figure(limit, unit), share, aim];
}

function figure(value: number, unit: string): string {
  return `${Number(value.toPrecision(2)).toLocaleString("en")} ${unit}`.trim();
}

function verdict(holds: boolean): string {
  return holds ? ": holds" : ": **missed**";
}
