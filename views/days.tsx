import type { Child } from "hono/jsx";
import { zoneName } from "../domain/zones.ts";
import { dateText, dayText } from "./times.tsx";

interface DaysProps<Item> {
  items: Item[];
  /** When an item happened, in milliseconds since the epoch. */
  at: (item: Item) => number;
  row: (item: Item) => Child;
  zone: string;
  now: number;
}

/** A list under the days on which its items happened, in the reader's zone. */
export function Days<Item>({ items, at, row, zone, now }: DaysProps<Item>) {
  const days = Map.groupBy(items, (item) => dateText(at(item), zone));
  return (
    <>
      {[...days].map(([date, ofDay]) => (
        <section class="group" aria-labelledby={`day-${date}`}>
          <header class="group-head">
            <h2 id={`day-${date}`}>{dayText(at(ofDay[0]!), zone, now)}</h2>
            <span class="group-next">{zoneName(zone)} time</span>
          </header>
          <ul role="list">{ofDay.map(row)}</ul>
        </section>
      ))}
    </>
  );
}
