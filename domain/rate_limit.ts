/** How many seconds' worth of calls may come at once. */
const burst = 10;

/** A function that takes one call at an instant; it returns 0, or how many milliseconds too early the call came. */
export function rateLimit(perSecond: number): (now: number) => number {
  const most = perSecond * burst;
  let left = most;
  let since = -Infinity;
  return (now) => {
    left = Math.min(most, left + Math.max(0, now - since) * perSecond / 1_000);
    since = Math.max(since, now);
    if (left >= 1) {
      left -= 1;
      return 0;
    }
    return Math.ceil((1 - left) * 1_000 / perSecond);
  };
}
