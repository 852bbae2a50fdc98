import { frequencies, type Frequency, frequencyOrder } from "../domain/catalogue.ts";
import type { NotificationInput } from "../domain/notifications.ts";
import type { QuietHours } from "../domain/quiet_hours.ts";
import type { DigestFrequency } from "../domain/schedule.ts";
import type { Found, Searchable } from "../domain/search.ts";
import { GroupRest, isWhole, type Listed, type ListView, shownOf, SortLink } from "./list_view.tsx";
import { NextEmail } from "./next_email.tsx";
import type { Silence } from "./coverage.tsx";
import { NotificationRow } from "./notification_row.tsx";
import { remembered } from "./remembered.ts";
import { cutText, NothingFound } from "./search.tsx";
import { SelectGroup } from "./selection.tsx";

/** Whose mail this is, and what about it is out of the ordinary. */
export interface Reader extends QuietHours {
  email: string;
  /** Null while the zone is only a guess. */
  zoneConfirmedAt: number | null;
  pausedUntil: number | null;
  addressFailedAt: number | null;
  complainedAt: number | null;
  account: { name: string };
}

export interface PanelProps extends ListView, Listed {
  /** Those that the query finds. */
  found: Found<Searchable>;
  /** Where it finds none: what it asks for, read as a new notification. */
  offer: NotificationInput | null;
  /** Names what the list shows, before it is searched. */
  edition: string;
  /** The id of the notification to highlight. */
  current?: number;
  /** The ids of those without which nobody in the account would hear about their event type. */
  lastHeard: ReadonlySet<number>;
  /** The deadline types that no colleague hears about. */
  unshared: ReadonlySet<string>;
  silence: Silence;
  /** Whether the reader may give copies to colleagues. */
  mayCopy: boolean;
  reader: Reader;
  nextDigests: Map<DigestFrequency, number>;
}

/** The notifications that the query finds, grouped by frequency. */
export function NotificationList(props: PanelProps) {
  const found = props.found.notifications;
  if (found.length === 0 && props.query !== "") return <NothingFound {...props} />;
  const groups = Map.groupBy(found, ({ frequency }) => frequency);
  const shown = frequencyOrder.filter((frequency) => props.query === "" || groups.has(frequency));
  return (
    <div id="list" data-edition={isWhole(props) ? props.edition : undefined}>
      <SortLink {...props} />
      {shown.map((frequency) => (
        <Group
          {...props}
          frequency={frequency}
          groups={shown.length}
          members={groups.get(frequency) ?? []}
        />
      ))}
      {props.query === "" && !props.notifications.some(({ kind }) => kind === "custom") && (
        <NoCustomYet />
      )}
    </div>
  );
}

/** The list on its way into a page that stays, and how much of it was found for those who cannot see it. */
export function ListFragment(props: PanelProps) {
  return (
    <>
      <NotificationList {...props} />
      <CountPartial {...props} />
    </>
  );
}

/** What was found in a list that is whole in the page: the rows' ids, unless it is all of them, and what to mark in them. The other order keeps the search. */
export function FoundFragment(props: PanelProps) {
  const { query, found } = props;
  const ids = query === "" ? undefined : found.notifications.map(({ id }) => id).join(" ");
  return (
    <>
      <hx-partial hx-target="#list-found" hx-swap="innerHTML">
        <data data-ids={ids} data-marks={found.marks.join("\n")}></data>
      </hx-partial>
      <hx-partial hx-target="#list > .list-sort" hx-swap="outerHTML">
        <SortLink {...props} />
      </hx-partial>
      <CountPartial {...props} />
    </>
  );
}

function CountPartial(props: PanelProps) {
  return <hx-partial hx-target="#list-count" hx-swap="innerHTML">{countText(props)}</hx-partial>;
}

/** "3 of 24" while something is searched for. */
export function countText({ notifications, found, query }: PanelProps): string {
  if (query === "") return "";
  return cutText(`${found.notifications.length} of ${notifications.length}`, query);
}

interface GroupProps extends PanelProps {
  frequency: Frequency;
  groups: number;
  /** Those of the group that were found. */
  members: readonly Searchable[];
}

function Group(props: GroupProps) {
  const { frequency, members } = props;
  const shown = shownOf(members, props);
  return (
    <section class="group" aria-labelledby={`group-${frequency}`}>
      <header class="group-head">
        {members.length > 0 && <SelectGroup frequency={frequency} />}
        <h2 id={`group-${frequency}`}>{frequencies[frequency]}</h2>
        <span class="group-next">
          {members.length > 0 && <NextEmail {...props} />}
        </span>
      </header>
      {members.length > 0
        ? <Rows {...props} rows={shown} />
        : <p class="group-empty">Nothing comes {frequencies[frequency].toLowerCase()}.</p>}
      <GroupRest {...props} shown={shown.length} all={members.length} />
    </section>
  );
}

/** Most rows are what they were a moment ago. */
const KnownRow = remembered(({ notification }) => notification, NotificationRow);
/** A calendar's day begins at a quarter of an hour, in every zone: until the next one, rows say the same. */
const quarter = 15 * 60_000;

function Rows(props: PanelProps & { rows: readonly Searchable[] }) {
  const { rows, found, activity, lastHeard, unshared, mayCopy, reader, current, now } = props;
  return (
    <ul role="list">
      {rows.map((notification) => (
        <KnownRow
          notification={notification}
          marks={found.marks}
          activity={activity.get(notification.id)}
          zone={reader.zone}
          now={now - now % quarter}
          current={notification.id === current}
          lastIn={lastHeard.has(notification.id) ? reader.account.name : undefined}
          unshared={unshared.has(notification.type)}
          mayCopy={mayCopy}
        />
      ))}
    </ul>
  );
}

function NoCustomYet() {
  return (
    <div class="empty">
      <p class="empty-title">No notification of your own yet</p>
      <p>
        The Default ones follow from your roles. Create one to hear of exactly what you choose, as
        often as you choose.
      </p>
    </div>
  );
}
