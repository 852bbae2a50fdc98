import * as z from "zod";
import type { Database } from "../db/client.ts";
import { digestFrequencies, type Owner } from "../db/digests.ts";
import { deleteNotification, muteNotification } from "../db/notification_actions.ts";
import { updateNotification } from "../db/notifications.ts";
import { slowDefault } from "../db/replacement.ts";
import { Conflict } from "../domain/errors.ts";
import type { Notification } from "../domain/notifications.ts";
import type { DigestFrequency } from "../domain/schedule.ts";
import { type Inbox, type Suggestion, suggestions } from "../domain/suggestions.ts";

const notification = z.coerce.number().int();

/** A suggestion as the form of its button names it. */
export const followed = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("slower"),
    notification,
    frequency: z.enum(digestFrequencies),
  }),
  z.object({ kind: z.literal("covered"), notification }),
  z.object({ kind: z.literal("silent"), notification }),
]);

type Asked = z.infer<typeof followed>;

/**
 * Does what a suggestion says; resolves to the change, where it was not long ago. Following twice is following once;
 * throws Conflict where it does not apply any more.
 */
export async function follow(
  db: Database,
  owner: Owner,
  { inbox, asked, now }: { inbox: Inbox; asked: Asked; now: number },
): Promise<string | undefined> {
  const suggestion = suggestions(inbox).find((each) => isAsked(each, asked));
  if (!suggestion && !isDone(inbox, asked)) {
    throw new Conflict(
      "This suggestion does not apply any more: your notifications have changed since. Nothing was changed now",
    );
  }
  if (asked.kind === "silent") {
    return await deleteNotification(db, owner.id, asked.notification, now);
  }
  const notification = find(inbox, asked)!;
  const isTaken = suggestion?.kind === "slower" && suggestion.twin !== undefined;
  if (asked.kind === "covered" || isTaken) {
    return await muteNotification(db, owner.id, notification.id, now);
  }
  return await slowDown(db, owner, notification, { frequency: asked.frequency, now });
}

function isAsked(suggestion: Suggestion, asked: Asked): boolean {
  return suggestion.kind === asked.kind && suggestion.notification.id === asked.notification &&
    (suggestion.kind !== "slower" || asked.kind !== "slower" ||
      suggestion.frequency === asked.frequency);
}

/** Whether what a suggestion would have done is so already. */
function isDone(inbox: Inbox, asked: Asked): boolean {
  const found = find(inbox, asked);
  if (!found || asked.kind === "silent") return !found && asked.kind === "silent";
  return found.mutedAt !== null || (asked.kind === "slower" && found.frequency === asked.frequency);
}

function find({ recipient, silenced }: Inbox, { notification }: Asked): Notification | undefined {
  return [...recipient.notifications, ...silenced].find(({ id }) => id === notification);
}

async function slowDown(
  db: Database,
  owner: Owner,
  { id, kind, type, conditions, version, mutedAt }: Notification,
  { frequency, now }: { frequency: DigestFrequency; now: number },
): Promise<string | undefined> {
  if (kind === "default") return await slowDefault(db, owner, { id, type }, { frequency, now });
  if (mutedAt !== null) return await muteNotification(db, owner.id, id, now);
  const changed = { type, conditions, frequency, version, now, deed: "rescheduled" as const };
  return (await updateNotification(db, owner, id, changed)).change;
}
