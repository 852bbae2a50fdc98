import type { Visit } from "../db/visits.ts";
import {
  deadlineTypes,
  heardElsewhere,
  type Hearer,
  lastHearing,
  unheard,
  unsharedTypes,
} from "../domain/coverage.ts";
import { NotFound } from "../domain/errors.ts";
import { mayManagePeople } from "../domain/people.ts";
import { search } from "../domain/search.ts";
import { readWording } from "../domain/wording.ts";
import { dayOf, knownZone } from "../domain/zones.ts";
import type { Silence } from "../views/coverage.tsx";
import type { ListView } from "../views/list_view.tsx";
import type { PanelProps } from "../views/notification_list.tsx";
import type { RowProps } from "../views/notification_row.tsx";
import { activityOf, aloneOf, heardOf, indexOf, listOf } from "./prepared.ts";

const noMarks: string[] = [];

/** What the panel shows of a user's notifications, and what a query finds of them. */
export function panelOf(
  visit: Visit,
  view: ListView & Pick<PanelProps, "current" | "now">,
): PanelProps {
  const { user, nextDigests, events } = visit;
  const notifications = listOf(visit);
  const found = view.query === ""
    ? { notifications, marks: noMarks }
    : search(indexOf(visit), view.query);
  const offer = found.notifications.length === 0 ? readWording(view.query, user.roles) : null;
  return {
    ...{ ...view, notifications, found, offer, nextDigests, reader: user },
    edition: editionOf(visit, view.now),
    activity: activityOf(visit, view.now),
    knownSince: events.since,
    lastHeard: lastHeardOf(visit, view.now),
    unshared: unsharedOf(visit, view.now),
    silence: silenceOf(visit, view.now),
    mayCopy: mayManagePeople(user.roles),
  };
}

/** Names what the list shows: while it is the same, so are the rows. */
function editionOf({ user, version, events }: Visit, now: number): string {
  return `${version}.${events.upTo}.${dayOf(now, knownZone(user.zone))}`;
}

/** One row of the panel; throws NotFound. */
export function rowOf(visit: Visit, id: number, now: number): RowProps {
  const { zone, account, roles } = visit.user;
  const notification = listOf(visit).find((each) => each.id === id);
  if (!notification) {
    throw new NotFound(`Cannot show notification "${id}": it was deleted, or never existed`);
  }
  const activity = activityOf(visit, now).get(id);
  const lastIn = lastHeardOf(visit, now).has(id) ? account.name : undefined;
  const unshared = unsharedOf(visit, now).has(notification.type);
  const mayCopy = mayManagePeople(roles);
  return { notification, activity, zone, now, lastIn, unshared, mayCopy };
}

function unsharedOf(visit: Visit, now: number): Set<string> {
  return unsharedTypes(visit.user, { elsewhere: elsewhereOf(visit, now), now });
}

function lastHeardOf(visit: Visit, now: number): Set<number> {
  const hearer = { ...visit.user, notifications: aloneOf(visit) };
  return lastHearing(hearer, { elsewhere: elsewhereOf(visit, now), now });
}

/** The deadline types that nobody of the visitor's account hears about now. */
export function silenceOf(visit: Visit, now: number): Silence {
  const elsewhere = elsewhereOf(visit, now);
  const hearer = { ...visit.user, notifications: heardOf(visit) };
  const types = unheard(deadlineTypes, hearer, { elsewhere, now });
  return { account: visit.user.account.name, types };
}

/** The visitor as somebody who hears. */
export function hearerOf({ user, notifications }: Visit): Hearer {
  return { ...user, notifications };
}

/** The deadline types that the visitor's colleagues hear about. */
export function elsewhereOf({ user, hearings }: Visit, now: number): Set<string> {
  return heardElsewhere(hearings, { profile: user.account.profile, now });
}
