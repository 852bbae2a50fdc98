import { percentile } from "./measure.ts";

// How the months of a simulated year are told, and compared.

export const monthDays = 30;

/** What a day brought. */
export interface Day {
  events: number;
  /** How many left in each half hour. */
  emails: number[];
  /** Of the emails' text and HTML, in bytes. */
  written: number;
  /** Seconds of real time. */
  took: number;
  /** How much later than it was due each email left, in milliseconds. */
  lateness: number[];
}

/** What is kept at the end of a month: rows by table, and bytes; and the memory of the process, in bytes. */
export interface Kept {
  rows: Record<string, number>;
  size: number;
  memory: number;
}

export interface Month extends Omit<Day, "emails">, Kept {
  emails: number;
  /** How many left in the half hour in which most did. */
  most: number;
}

/** The month that these days make up, of groups that lived through it side by side. */
export function monthOf(groups: readonly (Day & { kept?: Kept })[][]): Month {
  const days = groups.flat();
  const kept = days.flatMap(({ kept }) => kept ?? []);
  const halves = groups.map((days) => days.flatMap(({ emails }) => emails));
  const together = halves[0]!.map((_, at) => halves.reduce((sum, each) => sum + each[at]!, 0));
  const rows: Month["rows"] = {};
  for (const [table, count] of kept.flatMap(({ rows }) => Object.entries(rows))) {
    rows[table] = (rows[table] ?? 0) + count;
  }
  return {
    ...{ events: sum(days, "events"), written: sum(days, "written") },
    ...{ emails: together.reduce((sum, each) => sum + each, 0), most: Math.max(...together) },
    took: sum(days, "took") / groups.length,
    lateness: days.flatMap(({ lateness }) => lateness).sort((a, b) => a - b),
    ...{ rows, size: sum(kept, "size"), memory: Math.max(...kept.map(({ memory }) => memory)) },
  };
}

function sum<Name extends string>(items: readonly Record<Name, number>[], name: Name): number {
  return items.reduce((sum, item) => sum + item[name], 0);
}

/** How late one email in a hundred may leave, in milliseconds. */
const mostLate = 60_000;

/** What is wrong with the year: what went on growing after the first events left the log, and what came late. */
export function wrongs(months: readonly Month[], retentionDays: number): string[] {
  const late = months.flatMap(({ lateness }, index) => {
    const slow = percentile(lateness, 99);
    return slow > mostLate ? [`Of month ${index + 1}, one in a hundred left ${slow} ms late`] : [];
  });
  const full = Math.ceil(retentionDays / monthDays) + 1;
  const [first, last] = [months[full - 1], months.at(-1)];
  if (!first || !last || first === last) {
    return [...late, "The year is too short to see what is kept"];
  }
  const tables = Object.entries(last.rows).flatMap(([name, rows]) =>
    grown(`${name}, in rows,`, { from: first.rows[name] ?? 0, to: rows, by: 10 })
  );
  return [
    ...late,
    ...tables,
    ...grown("what is kept, in bytes,", { from: first.size, to: last.size, by: 0 }),
    // A process takes its memory in leaps, and gives it back when it likes.
    ...grown("memory, in bytes,", { from: first.memory, to: last.memory, by: 100_000_000 }),
  ];
}

/** The complaint where something grew by more than a quarter, and some. */
function grown(what: string, { from, to, by }: { from: number; to: number; by: number }): string[] {
  return to > 1.25 * from + by ? [`${what} grew from ${from} to ${to}`] : [];
}

const widths = [5, 8, 8, 8, 8, 8, 8, 9, 8, 9, 9, 8];

export const heading =
  "month   events   emails  busiest  MB sent     rows  MB kept MB memory   median     99 %   latest  seconds";

export function rowOf(number: number, month: Month): string {
  const { events, emails, most, written, took, lateness, rows, size, memory } = month;
  const total = Object.values(rows).reduce((sum, each) => sum + each, 0);
  const seconds = (percent: number) => `${(percentile(lateness, percent) / 1000).toFixed(2)} s`;
  const cells = [
    ...[
      number,
      events,
      emails,
      most,
      megabytes(written),
      total,
      megabytes(size),
      megabytes(memory),
    ],
    ...[seconds(50), seconds(99), seconds(100), took.toFixed(0)],
  ];
  return cells.map((cell, index) => String(cell).padStart(widths[index]!)).join(" ");
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
