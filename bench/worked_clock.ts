/** A clock that is set, and goes on from there as fast as the machine's: what work takes, passes. */
export interface WorkedClock {
  /** In whole milliseconds. */
  now: () => number;
  /** Never back: where the work took longer, the clock stays. */
  set(instant: number): void;
  /** Does something once so many milliseconds have passed, when `ring` comes to it. */
  timer: (work: () => void, milliseconds: number) => void;
  /** Lets everything happen that is set for before an instant; `over` resolves when what it caused is done. */
  ring(before: number, over: () => Promise<unknown>): Promise<void>;
}

/** A clock that shows `start` now. */
export function workedClock(start: number): WorkedClock {
  let [shown, since] = [start, performance.now()];
  let alarms: { at: number; work: () => void }[] = [];
  const now = () => Math.floor(shown + performance.now() - since);
  const set = (instant: number) => {
    [shown, since] = [Math.max(instant, now()), performance.now()];
  };
  return {
    now,
    set,
    timer: (work, milliseconds) => void alarms.push({ at: now() + milliseconds, work }),
    async ring(before, over) {
      for (;;) {
        const at = Math.min(...alarms.map((alarm) => alarm.at));
        if (at >= before) return;
        set(at);
        const ringing = alarms.filter((alarm) => alarm.at <= at);
        alarms = alarms.filter((alarm) => alarm.at > at);
        for (const { work } of ringing) work();
        await over();
      }
    },
  };
}
