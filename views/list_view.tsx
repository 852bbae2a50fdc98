import { type Activity, activityDays } from "../domain/activity.ts";
import type { Frequency } from "../domain/catalogue.ts";
import { readableQuery, type Searchable } from "../domain/search.ts";
import { numberText } from "./counted.ts";
import { dateInSentence } from "./times.tsx";

/** How the list is looked at, as its address says it. */
export interface ListView {
  query: string;
  /** The noisiest first, instead of by event type. */
  sort?: "noise" | undefined;
  /** The group that is shown in full, however long it is. */
  show?: Frequency | undefined;
}

/** The notifications of the list, and what they did lately. */
export interface Listed {
  /** By event type. */
  notifications: readonly Searchable[];
  /** By id, of those that the owner's roles show. */
  activity: ReadonlyMap<number, Activity>;
  /** Since when activity is known, where the account has more events than are looked at. */
  knownSince: number | null;
  reader: { zone: string };
  now: number;
}

/** A group of the list, and how long the list is. */
export interface Grouped extends ListView, Listed {
  frequency: Frequency;
  found: { notifications: readonly Searchable[] };
  /** How many groups are shown. */
  groups: number;
  /** The id of the notification to highlight. */
  current?: number;
}

/** How long a list may be to be shown whole, and how many of each group are shown of a longer one. */
const shortList = 100;
const mostShown = 20;

/** While somebody types, a letter brings so many rows of a longer list, of a group no more than a screen has. */
const mostFound = 20;
const mostOfGroup = 10;

/** Whether all rows of the list are in the page: it is neither searched nor too long. */
export function isWhole({ query, notifications }: ListView & Pick<Listed, "notifications">) {
  return query === "" && notifications.length <= shortList;
}

/** The part of a group that is shown: its beginning, and the one to highlight wherever it stands. */
export function shownOf(
  group: readonly Searchable[],
  { query, frequency, notifications, found, groups, sort, show, current, activity }: Grouped,
): readonly Searchable[] {
  const sorted = sort === "noise" ? noisiestFirst(group, activity) : group;
  if (show === frequency || notifications.length <= shortList) return sorted;
  if (query !== "" && found.notifications.length <= mostFound) return sorted;
  const most = query === "" ? mostShown : Math.min(mostOfGroup, Math.ceil(mostFound / groups));
  const named = current === undefined ? -1 : sorted.findIndex(({ id }) => id === current);
  return [...sorted.slice(0, most), ...(named < most ? [] : [sorted[named]!])];
}

function noisiestFirst(group: readonly Searchable[], activity: Listed["activity"]) {
  const noise = ({ id }: Searchable) => activity.get(id)?.total ?? -1;
  return group.toSorted((a, b) => noise(b) - noise(a));
}

/** What the figures in the rows are. It stays where it is while the list below it changes. */
export function ListLegend({ knownSince, reader, now }: Listed) {
  return (
    <p class="list-legend">
      Bars and counts: events {knownSince === null
        ? `of the last ${activityDays} days`
        : `since ${dateInSentence(knownSince, reader.zone, now)}, the newest that are looked at`}.
      Times in {reader.zone}.
    </p>
  );
}

/** The way to the other order of what is listed. */
export function SortLink({ query, sort }: ListView) {
  const other = sort === "noise" ? undefined : "noise";
  return (
    <a class="list-sort" href={listPath({ query, sort: other })}>
      {other ? "Sort by noise" : "Sort by event type"}
    </a>
  );
}

/** What a long group leaves out, and the way to it. */
export function GroupRest(
  { shown, all, query, sort, frequency }: Grouped & { shown: number; all: number },
) {
  if (shown === all) return null;
  const [some, every] = [shown, all].map(numberText);
  return (
    <p class="group-empty">
      {some} of {every}. <a href={listPath({ query, sort, show: frequency })}>Show all {every}</a>
    </p>
  );
}

/** The address of the list, looked at like this. */
export function listPath({ query, sort, show }: ListView): string {
  const asked = new URLSearchParams({
    ...(query && { q: readableQuery(query) }),
    ...(sort && { sort }),
    ...(show && { show }),
  });
  return asked.size > 0 ? `/notifications?${asked}` : "/notifications";
}
