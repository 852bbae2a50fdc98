import { answersAtOnce, type Database } from "../db/client.ts";
import type { Listeners } from "../db/listeners.ts";
import { type CleanCounts, cleanUp } from "../db/retention.ts";
import { composeAll } from "./compose.ts";
import { noting } from "./runs.ts";
import { sendOutgoing } from "./outgoing.ts";
import { raiseOverdue } from "./watchdog.ts";
import { sendAll, type SendCounts, type SendParts } from "./send.ts";
import { openTellings } from "./tellings.ts";

export interface MailParts extends SendParts {
  /** Who listens, where a process sweeps again and again. */
  listeners?: Listeners;
  /** Asks to be called again at an instant, because something is held until then. */
  wakeAt?: (instant: number) => void;
  /** Over how many milliseconds after the hour digests are handed over; all at once where it is absent. */
  spread?: number;
}

export interface SweepParts extends MailParts {
  retentionDays: number;
}

export type SweepSummary = { composed: number } & SendCounts & CleanCounts & { problems: number };

/** Does once everything that the crons do: composing, sending and cleaning up; resolves to what was done. */
export async function sweep(parts: SweepParts): Promise<SweepSummary> {
  let problems = 0;
  const report = (what: string, error: unknown) => {
    problems += 1;
    parts.report(what, error);
  };
  const mailed = await noting(parts, "mail")(() => mail({ ...parts, report }));
  const cleaned = await clean(parts.db, parts).catch((error) => {
    report("clean-up", error);
    return { events: 0, emails: 0 };
  });
  return { ...mailed, ...cleaned, problems };
}

/** Composes and sends everything that is owed now. */
export async function mail(
  parts: MailParts,
): Promise<{ composed: number } & SendCounts> {
  const did = await composeAndSend(parts);
  await raiseOverdue(parts).catch((error) => parts.report("watchdog", error));
  await sendOutgoing(parts);
  return did;
}

/** Where a server is waited for, what some accounts are told leaves while it is composed for others. */
async function composeAndSend(parts: MailParts): Promise<{ composed: number } & SendCounts> {
  const { db, now } = parts;
  const { tell, end, told } = openTellings();
  // Beside a file that wins no time, and takes more memory.
  const onEmails = answersAtOnce(db) ? undefined : tell;
  const composing = composeAll(db, { ...parts, now: now(), onEmails }).finally(end);
  const sending = sendAll(parts, told());
  // When one breaks off, the other still comes to its end.
  await Promise.allSettled([composing, sending]);
  return { composed: await composing, ...await sending };
}

/** Removes what is older than the retention; resolves to how many events and emails that was. */
export async function clean(
  db: Database,
  { now, retentionDays }: Pick<SweepParts, "now" | "retentionDays">,
): Promise<CleanCounts> {
  const before = now() - retentionDays * 86_400_000;
  return await noting({ db, now }, "clean-up")(() => cleanUp(db, { now: now(), before }));
}
