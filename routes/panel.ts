import type { Visit } from "../db/visits.ts";
import { eventTypeIds, type Role } from "../domain/catalogue.ts";
import { heardElsewhere, type Hearer, lastHearing } from "../domain/coverage.ts";
import { granted, type ShownNotification } from "../domain/notifications.ts";
import { search, type Searchable, type SearchIndex, searchIndex } from "../domain/search.ts";
import { titlesAskedFor } from "../domain/search_terms.ts";
import { readWording } from "../domain/wording.ts";
import type { PanelProps } from "../views/notification_list.tsx";

/** What the panel shows of a user's notifications, and what a query finds of them. */
export function panelOf(
  visit: Visit,
  view: Pick<PanelProps, "query" | "current" | "now">,
): PanelProps {
  const { user, nextDigests } = visit;
  const list = listOf(visit);
  const found = view.query === ""
    ? { notifications: list.shown, marks: [] }
    : search(list.index ??= indexOf(list.shown, visit), view.query);
  const offer = found.notifications.length === 0 ? readWording(view.query, user.roles) : null;
  const lastHeard = lastHearing(hearerOf(visit), {
    elsewhere: elsewhereOf(visit, view.now),
    ...view,
  });
  return { ...view, notifications: list.shown, found, offer, nextDigests, lastHeard, reader: user };
}

/** The visitor as somebody who hears. */
export function hearerOf({ user, notifications }: Visit): Hearer {
  return { ...user, notifications };
}

/** The deadline types that the visitor's colleagues hear about. */
export function elsewhereOf({ user, hearings }: Visit, now: number): Set<string> {
  return heardElsewhere(hearings, { profile: user.account.profile, now });
}

/** What somebody may see of their notifications, and its index once something was searched for. */
interface List {
  roles: string;
  shown: Searchable[];
  index?: SearchIndex<Searchable>;
}

const lists = new WeakMap<readonly ShownNotification[], List>();

/** The list of a visit: the same for as long as neither the notifications nor the roles change. */
function listOf({ user, notifications }: Visit): List {
  const known = lists.get(notifications);
  const roles = user.roles.join();
  if (known?.roles === roles) return known;
  const list = { roles, shown: shownTo(user.roles, notifications) };
  lists.set(notifications, list);
  return list;
}

function indexOf(shown: Searchable[], { events }: Visit): SearchIndex<Searchable> {
  return searchIndex(shown, titlesAskedFor(shown, [...events.byType.values()].flat()));
}

/** No Default one is shown that the roles do not grant any more. */
function shownTo(
  roles: readonly Role[],
  notifications: readonly ShownNotification[],
): Searchable[] {
  const isGranted = granted(roles);
  return notifications
    .map((notification) => ({ ...notification, granted: isGranted(notification) }))
    .filter((notification) => notification.granted || notification.kind === "custom")
    .sort((a, b) => place(a) - place(b) || a.id - b.id);
}

/** In the order of the catalogue, which is the order of a request's life; Default before Custom. */
function place({ type, kind }: ShownNotification): number {
  const index = eventTypeIds.indexOf(type);
  return (index < 0 ? eventTypeIds.length : index) * 2 + (kind === "custom" ? 1 : 0);
}
