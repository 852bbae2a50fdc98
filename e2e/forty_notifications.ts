import type { Database } from "../db/client.ts";
import { createNotification } from "../db/notifications.ts";
import { findOwner } from "../db/owners.ts";
import { loadNotifications } from "../db/panel.ts";
import { frequencyOrder } from "../domain/catalogue.ts";
import type { NotificationInput } from "../domain/notifications.ts";

/** Gives somebody further notifications, such as people make, until there are forty. */
export async function completeForty(db: Database, userId: string, now: number): Promise<void> {
  const owner = await findOwner(db, userId);
  const { notifications } = await loadNotifications(db, userId);
  const missing = further.slice(0, 40 - notifications.length);
  for (const input of missing) await createNotification(db, owner, input, now);
}

const types = [
  "source-request.created",
  "source-request.delivered",
  "source-request.comment-added",
  "material.received",
  "qc.report-available",
];
const languages = ["ko", "ja", "hi", "pt-BR", "de", "tr"];
const sources = ["video-and-audio", "timed-text", "final-script"];
const kinds = ["branded", "original", "licensed"];

/** Thirty, no two alike: types by languages, and a second condition that goes round. */
const further: NotificationInput[] = types.flatMap((type, row) =>
  languages.map((language, column) => ({
    type,
    conditions: [
      { field: "language", op: "any", values: [language] },
      column % 2 === 0
        ? { field: "source_type", op: "any", values: [sources[(row + column) % 3]!] }
        : { field: "content_type", op: "none", values: [kinds[(row + column) % 3]!] },
    ],
    frequency: frequencyOrder[(row + column) % frequencyOrder.length]!,
  }))
);
