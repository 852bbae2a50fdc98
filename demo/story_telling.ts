import { eventType, type Profile } from "../domain/catalogue.ts";
import type { Chance } from "./chance.ts";
import { minute } from "./story_hours.ts";
import type { Party, StoryRequest } from "./story_requests.ts";

// How the life of one source request is told: moment by moment, each to those whom it concerns.

/** Something that happened: one event, without what all events of its request say alike. */
export interface Moment {
  time: number;
  type: string;
  accounts: string[];
  /** The summary and the fields of this type alone. */
  data: Record<string, unknown>;
}

export interface Life {
  request: StoryRequest;
  chance: Chance;
  /** When the latest moment was. */
  now: number;
  /** The day on which the source is due, as its first instant in UTC. */
  due: number;
  assignee: string;
  /** Whether the QC partner takes part by now. */
  reviewed: boolean;
  moments: Moment[];
}

/** Adds what happens next, at least a minute after what happened before; leaves out what nobody may see. */
export function tell(life: Life, type: string, at: number, data: Record<string, unknown>): void {
  life.now = Math.max(toSecond(at), life.now + minute);
  const accounts = audienceOf(life, type);
  if (accounts.length > 0) life.moments.push({ time: life.now, type, accounts, data });
}

/** The parties of the request that may see this type; the studio sees every event and is never named. */
function audienceOf({ request, reviewed }: Life, type: string): string[] {
  const parties: Partial<Record<Profile, Party | undefined>> = {
    content: request.content,
    fulfillment: request.fulfillment,
    qc: reviewed ? request.qc : undefined,
  };
  return Object.keys(eventType(type)!.audience)
    .flatMap((profile) => parties[profile as Profile]?.account.id ?? []);
}

/** The name of somebody of a party who works with requests. */
export function somebody({ account }: Party, chance: Chance): string {
  const working = account.users.filter(({ deactivated, roles }) =>
    !deactivated && roles.some((role) => role !== "account-admin")
  );
  return chance.pick(working).name;
}

/** The day of an instant in UTC: "2026-11-24". */
export function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** An instant to the second: "2026-11-24T09:30:00Z". */
export function isoInstant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export function toSecond(at: number): number {
  return Math.floor(at / 1_000) * 1_000;
}
