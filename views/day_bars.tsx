import type { Forecast } from "../domain/forecast.ts";

const width = 300;
const height = 40;

/** Thirty small bars, one a day; in words for whoever does not see them. */
export function DayBars({ days }: { days: Forecast["days"] }) {
  const most = Math.max(1, ...days.map(({ count }) => count));
  const step = width / days.length;
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={barsText(days)}
    >
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
      {days.map(({ count }, index) => {
        const length = Math.round((count / most) * (height - 2));
        return count > 0 && (
          <rect x={index * step + 1} y={height - length} width={step - 2} height={length} />
        );
      })}
    </svg>
  );
}

function barsText(days: Forecast["days"]): string {
  const busiest = days.reduce((most, day) => day.count > most.count ? day : most);
  const quiet = days.filter(({ count }) => count === 0).length;
  if (busiest.count === 0) return `No event on any of the last ${days.length} days`;
  return `Events by day: at most ${busiest.count}, on ${busiest.date}; none on ${quiet} of ${days.length} days`;
}
