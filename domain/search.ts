import { frequencies } from "./catalogue.ts";
import { notificationSentence } from "./conditions.ts";
import type { ShownNotification } from "./notifications.ts";

/** Those in which every word of the query is found, in their order; an empty query finds all. */
export function searchNotifications<N extends Searchable>(all: readonly N[], query: string): N[] {
  const words = plain(query).split(/\s+/).filter((word) => word !== "");
  return all.filter((notification) => {
    const text = plain(searchText(notification));
    return words.every((word) => text.includes(word));
  });
}

export interface Searchable extends ShownNotification {
  granted: boolean;
}

/** Everything that a row says: event type, conditions, frequency, kind and state. */
function searchText(notification: Searchable): string {
  const { kind, frequency, mutedAt, granted } = notification;
  return [
    notificationSentence(notification),
    frequencies[frequency],
    kind,
    mutedAt === null ? "active" : "muted",
    granted ? "" : roleLost,
  ].join(" ");
}

/** Why a Custom notification is silent whose event type its owner may not see any more. */
export const roleLost = "Needs a role that you no longer have";

/** The form in which neither case nor accents matter. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
}
