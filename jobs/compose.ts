import type { Report } from "../domain/reporting.ts";
import { nextDigestAt } from "../domain/schedule.ts";
import { type Database, isConstraintError } from "../db/client.ts";
import { accountsWithWork } from "../db/composing.ts";
import { claimAccount, releaseAccount } from "../db/account_claims.ts";
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

/** How often a look at an account is repeated when somebody changed its settings or composed there meanwhile; the next sweep tries again. */
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
  let emails = 0;
  const counted = (looking: Promise<Looked>) =>
    looking.then((looked) => {
      emails += looked.emails;
      return looked.more;
    });
  const groups = [
    ...inGroups(dispatch, (ids) => counted(dispatchPages(db, ids, at))),
    ...inGroups(due, (ids) => counted(composeDue(db, ids, at))),
  ];
  for (const [index, { ids, look }] of groups.entries()) {
    if (index > 0) await othersTurn();
    if (stopping?.aborted) break;
    if (emails > 0) onEmails?.();
    await untilDone(ids, look, { db, now, report, wakeAt });
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

/** Looks at accounts, and resolves to those in which there is more to look at. */
type Look = (accountIds: readonly string[]) => Promise<string[]>;

interface Parts extends Pick<At, "now" | "wakeAt"> {
  db: Database;
  report: Report;
}

/** Looks at accounts until nothing is left. Where the look at several is refused, each is looked at alone. */
async function untilDone(ids: readonly string[], look: Look, parts: Parts): Promise<void> {
  try {
    await toTheEnd(ids, look);
  } catch (error) {
    if (ids.length > 1) {
      for (const id of ids) await untilDone([id], look, parts);
    } else {
      const [id] = ids;
      await insist(id!, look, { ...parts, error }).catch((error) =>
        parts.report(`account ${id}`, error)
      );
    }
  }
}

async function toTheEnd(ids: readonly string[], look: Look): Promise<void> {
  for (let left = ids; left.length > 0;) left = await look(left);
}

/** Looks again at an account whose look was refused. A long one would be refused each time if others went on composing there. */
async function insist(
  id: string,
  look: Look,
  { db, now, wakeAt, error }: Parts & { error: unknown },
): Promise<void> {
  let problem = error;
  for (let looks = 1; isConstraintError(problem) && looks < maxLooks; looks += 1) {
    await claimAccount(db, id, now);
    problem = await toTheEnd([id], look).then(() => null, (error) => error);
  }
  if (isConstraintError(error)) await releaseAccount(db, id);
  if (problem) throw problem;
  wakeAt?.(now); // for what others were kept from meanwhile
}

/** The accounts in groups, each with how it is looked at. */
function inGroups(accountIds: string[], look: Look): { ids: string[]; look: Look }[] {
  return Array.from({ length: Math.ceil(accountIds.length / groupSize) }, (_, index) => ({
    ids: accountIds.slice(index * groupSize, (index + 1) * groupSize),
    look,
  }));
}
