import type { Forecast } from "../domain/forecast.ts";
import { Bars } from "./bars.tsx";

/** Thirty small bars, one a day; in words for whoever does not see them. */
export function DayBars({ days }: { days: Forecast["days"] }) {
  return <Bars counts={days.map(({ count }) => count)} label={barsText(days)} />;
}

function barsText(days: Forecast["days"]): string {
  const busiest = days.reduce((most, day) => day.count > most.count ? day : most);
  const quiet = days.filter(({ count }) => count === 0).length;
  if (busiest.count === 0) return `No event on any of the last ${days.length} days`;
  return `Events by day: at most ${busiest.count}, on ${busiest.date}; none on ${quiet} of ${days.length} days`;
}
