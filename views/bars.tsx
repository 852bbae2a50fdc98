const width = 300;
const height = 40;

/** Small bars side by side, from the first to the last; in words for whoever does not see them. */
export function Bars({ counts, label }: { counts: readonly number[]; label: string }) {
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
      {counts.map((count, index) => {
        const length = Math.round((count / most) * (height - 2));
        return count > 0 && (
          <rect x={index * step + 1} y={height - length} width={step - 2} height={length} />
        );
      })}
    </svg>
  );
}
