import type { Visit } from "../db/visits.ts";
import { type Activity, tally } from "../domain/activity.ts";
import { eventTypeIds, type Role } from "../domain/catalogue.ts";
import { type Hearer, lastHearing, openOf } from "../domain/coverage.ts";
import type { Event } from "../domain/events.ts";
import { granted, type ShownNotification } from "../domain/notifications.ts";
import { type Searchable, type SearchIndex, searchIndex } from "../domain/search.ts";
import { type Titles, titlesAskedFor } from "../domain/search_terms.ts";
import { dayOf, knownZone } from "../domain/zones.ts";

// What follows from somebody's notifications and takes a while to find. A visit brings the same array of notifications
// for as long as nothing in it changed, so what was found for it is kept with it, and forgotten with it.

interface Prepared {
  roles: string;
  list: readonly Searchable[];
  alone?: readonly ShownNotification[];
  heard?: Hearer["notifications"];
  indexed?: Indexed;
  counted?: Counted;
}

/** The list as it is searched, with the names that titles had up to a `seq`. */
interface Indexed {
  index: SearchIndex<Searchable>;
  titles: Titles;
  upTo: number;
}

/** What was counted on which day of which calendar, and from and up to which `seq`. */
interface Counted extends ReturnType<typeof tally> {
  day: string;
  from: number;
  upTo: number;
}

const prepared = new WeakMap<Visit["notifications"], Prepared>();

function prepare({ user, notifications }: Visit): Prepared {
  const known = prepared.get(notifications);
  const roles = user.roles.join();
  if (known?.roles === roles) return known;
  const made = { roles, list: shownTo(user.roles, notifications) };
  prepared.set(notifications, made);
  return made;
}

/** The notifications that the panel lists, by event type. */
export function listOf(visit: Visit): readonly Searchable[] {
  return prepare(visit).list;
}

/** Those through which alone their owner hears of a deadline type, when mail flows: all that can be the last in an account. */
export function aloneOf(visit: Visit): readonly ShownNotification[] {
  const known = prepare(visit);
  return known.alone ??= soleHearings(visit);
}

function soleHearings(visit: Visit): readonly ShownNotification[] {
  const ids = lastHearing(unhindered(visit), { elsewhere: new Set(), now: 0 });
  return visit.notifications.filter(({ id }) => ids.has(id));
}

/** Of those through which their owner hears of deadline types, when mail flows, one for each type. */
export function heardOf(visit: Visit): Hearer["notifications"] {
  const known = prepare(visit);
  return known.heard ??= [
    ...new Map(openOf(unhindered(visit), 0).map((each) => [each.type, each])).values(),
  ];
}

/** The visitor as somebody whose mail flows. */
function unhindered({ user: { roles }, notifications }: Visit): Hearer {
  return { roles, notifications, pausedUntil: null, addressFailedAt: null };
}

/** The list, ready to be searched. It is made again when a title that is asked for has another name. */
export function indexOf(visit: Visit): SearchIndex<Searchable> {
  const known = prepare(visit);
  const { indexed, list } = known;
  const { byType, upTo } = visit.events;
  if (indexed?.upTo === upTo) return indexed.index;
  const news = titlesAskedFor(list, newerThan(indexed?.upTo ?? -1, byType));
  const isKnown = indexed && [...news].every(([id, name]) => indexed.titles.get(id) === name);
  const titles = new Map([...indexed?.titles ?? [], ...news]);
  known.indexed = { upTo, titles, index: isKnown ? indexed.index : searchIndex(list, titles) };
  return known.indexed.index;
}

/** What each of them did lately, by its id. Only what is new in the log is looked at. */
export function activityOf(visit: Visit, now: number): ReadonlyMap<number, Activity> {
  const { user: { zone }, events: { byType, from, upTo } } = visit;
  const known = prepare(visit);
  const day = `${dayOf(now, knownZone(zone))} ${zone}`;
  if (known.counted?.day !== day || known.counted.from !== from) {
    const shown = known.list.filter((notification) => notification.granted);
    known.counted = { ...tally(shown, { zone, now }), day, from, upTo: -1 };
  }
  const { counted } = known;
  if (counted.upTo < upTo) counted.add(newerThan(counted.upTo, byType));
  counted.upTo = upTo;
  return counted.activity;
}

/** The events behind a `seq`, those of each type in the order of the log. */
function newerThan(seq: number, byType: Visit["events"]["byType"]): Event[] {
  return [...byType.values()].flatMap((events) =>
    events.slice(events.findLastIndex((event) => event.seq <= seq) + 1)
  );
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
