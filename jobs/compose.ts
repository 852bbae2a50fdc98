import type { Report } from "../domain/reporting.ts";
import { nextDigestAt } from "../domain/schedule.ts";
import { type Database, isConstraintError } from "../db/client.ts";
import { accountsWithWork } from "../db/composing.ts";
import { type Listeners, rememberListeners } from "../db/listeners.ts";
import { findQuietDigests, passDigests } from "../db/quiet_digests.ts";
import { endSnoozes } from "../db/snoozes.ts";
import { dispatchPages } from "./dispatch.ts";
import { composeDue } from "./due.ts";
import type { Looked } from "./look.ts";
import type { At } from "./pages.ts";
import { reportOnce } from "./set_aside.ts";

/** How many accounts are looked at together: their round trips and their commit cost what those of one cost. */
const groupSize = 25;

/** How often a look at an account is repeated when somebody changed its settings meanwhile; the next sweep tries again. */
const maxLooks = 10;

/** Composes every email that is owed at `now`, immediate ones and digests; resolves to how many. One account's or event's trouble is reported and keeps no other waiting. */
export async function composeAll(
  db: Database,
  { now, report, onEmails, listeners = rememberListeners(db), wakeAt, spread, stopping }: {
    now: number;
    report: Report;
    /** Hears that emails wait to be sent while others are composed. */
    onEmails?: (() => void) | undefined;
    /** Aborted when the process is about to end: no further group is begun. */
    stopping?: AbortSignal | undefined;
    listeners?: Listeners | undefined;
    wakeAt?: At["wakeAt"];
    spread?: At["spread"];
  },
): Promise<number> {
  await endSnoozes(db, now);
  await passQuietDigests(db, now);
  const at = { now, setAside: reportOnce(report), listeners, wakeAt, spread };
  const { dispatch, due } = await accountsWithWork(db, now);
  const groups = [
    ...inGroups(dispatch, (ids) => dispatchPages(db, ids, at)),
    ...inGroups(due, (ids) => composeDue(db, ids, at)),
  ];
  let emails = 0;
  for (const [index, { ids, look }] of groups.entries()) {
    if (index > 0) await othersTurn();
    if (stopping?.aborted) break;
    if (emails > 0) onEmails?.();
    emails += await untilDone(ids, look, report);
  }
  return emails;
}

/** A file answers without ever waiting, so pages would never get their turn. */
function othersTurn(): Promise<void> {
  return new Promise((over) => setTimeout(over));
}

/** Lets the digests in which nothing can stand go by, all of them in two round trips. */
async function passQuietDigests(db: Database, now: number): Promise<void> {
  const quiet = await findQuietDigests(db, now);
  if (quiet.length === 0) return;
  const passed = quiet.map((digest) => {
    const { userId, frequency, window } = digest;
    return {
      userId,
      frequency,
      window,
      next: nextDigestAt(digest, frequency, { after: now, last: window }),
    };
  });
  await passDigests(db, passed);
}

type Look = (accountIds: readonly string[]) => Promise<Looked>;

/** The accounts in groups, each with how it is looked at. */
function inGroups(accountIds: string[], look: Look): { ids: string[]; look: Look }[] {
  return Array.from({ length: Math.ceil(accountIds.length / groupSize) }, (_, index) => ({
    ids: accountIds.slice(index * groupSize, (index + 1) * groupSize),
    look,
  }));
}

/** Looks at accounts until nothing is left. Where the look at several is refused, each is looked at alone. */
async function untilDone(accountIds: string[], look: Look, report: Report): Promise<number> {
  let emails = 0;
  let refused = 0;
  for (let left = accountIds; left.length > 0;) {
    try {
      const looked = await look(left);
      emails += looked.emails;
      left = looked.more;
    } catch (error) {
      if (left.length > 1) {
        for (const id of left) emails += await untilDone([id], look, report);
        return emails;
      }
      refused += 1;
      if (isConstraintError(error) && refused < maxLooks) continue;
      report(`account ${left[0]}`, error);
      return emails;
    }
  }
  return emails;
}
