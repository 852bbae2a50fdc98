import {
  defaultNotifications,
  eventTypeIds,
  type Frequency,
  type Profile,
  type Role,
  visibleTypes,
} from "./catalogue.ts";
import { heardElsewhere, type Hearing, mailFlows, type MailState } from "./coverage.ts";
import type { Event } from "./events.ts";
import { forecastEvents } from "./forecast.ts";
import { type Amount, countTellings, type Telling, tellings } from "./noise.ts";
import { type Notification, openNotifications } from "./notifications.ts";
import { coversOptOut, type OptOut } from "./opt_outs.ts";
import { arriving, type Preparation } from "./preparations.ts";
import type { MailTimes } from "./schedule.ts";

// What somebody's last days would have been with other roles, told before they are saved, by the matcher that the mail asks.

/** Somebody whose roles are thought about. */
export interface Subject extends MailTimes, MailState {
  roles: Role[];
  optOuts: OptOut[];
  deactivatedAt: number | null;
  /** All that were not deleted, whether or not the roles grant them. */
  notifications: readonly Notification[];
  /** What is prepared for roles that they never held. */
  preparations: readonly Preparation[];
}

/** What other roles would mean. */
export interface WhatIf {
  before: Amount;
  after: Amount;
  /** What changes most first; without what is told neither way. */
  types: { type: string; before: Amount; after: Amount }[];
  /** Those that would leave the panel, or stop. */
  lost: Notification[];
  /** Those that would come, or speak again. */
  gained: Notification[];
  /** How many of them are prepared for the role. */
  prepared: number;
  /** Default ones that would come at another frequency, as they would be. */
  retimed: Notification[];
  /** What nobody of the account would hear about any more. */
  unheard: string[];
}

/** Where and when it is thought about. */
interface Setting {
  profile: Profile;
  /** What the account got, each type in the order of the log. */
  byType: ReadonlyMap<string, readonly Event[]>;
  /** What the colleagues have, of every type. */
  hearings: readonly Hearing[];
  now: number;
}

/** What the last 30 days would have been for somebody with these roles. */
export function whatIf(subject: Subject, roles: readonly Role[], setting: Setting): WhatIf {
  const [had, kept] = [subject.roles, roles].map((held) => underRoles(subject, held, setting.now));
  const given = arriving(subject, gainedRoles(subject, roles), { beside: kept!, now: setting.now });
  const has = [...kept!, ...given];
  const [openBefore, openAfter] = [
    openNotifications(had!, subject.roles),
    openNotifications(has, roles),
  ];
  const before = toldBy(openBefore, subject, setting);
  const after = toldBy(openAfter, subject, setting);
  const amount = countTellings(subject);
  const frequencies = new Map(had!.map(({ id, frequency }) => [id, frequency]));
  return {
    before: amount(before),
    after: amount(after),
    types: typesOf(before, after, amount),
    lost: had!.filter(({ id }) => !has.some((each) => each.id === id)),
    gained: has.filter(({ id }) => !frequencies.has(id)),
    prepared: given.length,
    retimed: has.filter(({ id, frequency }) => (frequencies.get(id) ?? frequency) !== frequency),
    unheard: unheardTypes(subject, { had: openBefore, has: openAfter }, setting),
  };
}

function gainedRoles(subject: Subject, roles: readonly Role[]): Role[] {
  return roles.filter((role) => !subject.roles.includes(role));
}

/** The notifications that somebody has under some roles, as giving those roles would leave them. */
function underRoles(
  { notifications, optOuts }: Subject,
  roles: readonly Role[],
  now: number,
): Notification[] {
  const visible = new Set(visibleTypes(roles));
  const standing = new Map(
    notifications.filter(({ kind }) => kind === "default").map((each) => [each.type, each]),
  );
  const defaults = [...defaultNotifications(roles)].map(([type, frequency]) => {
    const found = standing.get(type) ?? newDefault(type, frequency);
    if (found.frequency === frequency && found.id > 0) return found;
    const isSilent = optOuts.some((optOut) => coversOptOut(optOut, { type, frequency }));
    return { ...found, frequency, mutedAt: found.mutedAt ?? (isSilent ? now : null) };
  });
  return [
    ...defaults,
    ...notifications.filter(({ kind, type }) => kind === "custom" && visible.has(type)),
  ];
}

/** A Default one that nobody has yet; what is saved has a positive id. */
function newDefault(type: string, frequency: Frequency): Notification {
  return {
    id: -1 - eventTypeIds.indexOf(type),
    kind: "default",
    type,
    conditions: [],
    frequency,
    bookmark: 0,
    mutedAt: null,
    mutedUntil: null,
    version: 1,
  };
}

function toldBy(
  open: readonly Notification[],
  { zone }: Subject,
  { byType, now }: Setting,
): Telling[] {
  const types = [...new Set(open.map(({ type }) => type))];
  const events = types.flatMap((type) => byType.get(type) ?? []);
  return tellings(open, forecastEvents(events, { zone, now }));
}

function typesOf(
  before: readonly Telling[],
  after: readonly Telling[],
  amount: (list: readonly Telling[]) => Amount,
): WhatIf["types"] {
  const [was, becomes] = [before, after].map((told) => Map.groupBy(told, typeOf));
  const types = [...was!.keys(), ...becomes!.keys()];
  return [...new Set(types)]
    .map((type) => ({
      type,
      before: amount(was!.get(type) ?? []),
      after: amount(becomes!.get(type) ?? []),
    }))
    .sort((a, b) => difference(b) - difference(a));
}

function typeOf({ event }: Telling): string {
  return event.type;
}

function difference({ before, after }: WhatIf["types"][0]): number {
  return Math.abs(after.events - before.events);
}

/** At the studio nobody need hear about everything. */
function unheardTypes(
  subject: Subject,
  { had, has }: Record<"had" | "has", readonly Notification[]>,
  { profile, hearings, now }: Setting,
): string[] {
  const hears = subject.deactivatedAt === null && mailFlows(subject, now);
  if (profile === "studio" || !hears) return [];
  const elsewhere = heardElsewhere(hearings, { profile, now });
  const kept = new Set(has.map(({ type }) => type));
  const types = new Set(had.map(({ type }) => type));
  return [...types].filter((type) => !kept.has(type) && !elsewhere.has(type));
}
