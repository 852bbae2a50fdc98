import { coalesce } from "../domain/coalesce.ts";
import { rememberListeners } from "../db/listeners.ts";
import { noting } from "./runs.ts";
import { mail, type MailParts } from "./sweep.ts";

const second = 1_000;

type Timer = (work: () => void, milliseconds: number) => void;

/** A function that composes and sends what is owed, one run at a time. It also runs when a burst is over that it held. */
export function openMailing(parts: MailParts, timer: Timer = setTimeout): () => Promise<void> {
  const { db, now, report } = parts;
  const listeners = rememberListeners(db);
  const wakeAt = alarm({ now, timer, ring: () => void mailNow() });
  const note = noting(parts, "mail", { atMostEvery: 30 * second });
  const mailNow = coalesce(() =>
    note(() => mail({ ...parts, listeners, wakeAt })).then(
      () => {},
      (error) => report("mail", error),
    )
  );
  return mailNow;
}

/** Rings at the instants that it is given, once for all of a second. Those further than a minute away are the cron's. */
function alarm(
  { now, timer, ring }: { now: () => number; timer: Timer; ring: () => void },
): (instant: number) => void {
  const set = new Set<number>();
  return (instant) => {
    const at = Math.ceil(instant / second) * second;
    const left = Math.max(0, at - now());
    if (set.has(at) || left > 61 * second) return;
    set.add(at);
    timer(() => {
      set.delete(at);
      ring();
    }, left);
  };
}
