/** A function that runs `work` once at a time: calls that come during a run share the one run that follows it. */
export function coalesce<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const start = () => {
    next = null;
    const run = work();
    // Whoever waits already comes before whoever calls just as the run ends.
    const end = () => {
      if (running === run && !next) running = null;
    };
    run.then(end, end);
    return running = run;
  };
  return () => {
    if (!running) return start();
    return next ??= running.then(start, start);
  };
}
