import type { Frequency } from "../../domain/catalogue.ts";
import type { Event } from "../../domain/events.ts";
import type { RequestState } from "../../domain/requests.ts";
import type { Viewpoint } from "./dates.ts";

/** A notification that matched, as it read when the email was composed. */
export interface Reason {
  id: number;
  sentence: string;
}

export interface Told {
  event: Event;
  reasons: Reason[];
}

/** One email to one person, ready to be put into words. */
export interface ComposedEmail {
  emailId: string;
  mailDomain: string;
  baseUrl: string;
  /** In milliseconds since the epoch; every date is worded as seen from here. */
  composedAt: number;
  reader: { id: string; name: string; zone: string };
  account: { id: string; name: string };
  frequency: Frequency;
  items: Told[];
  /** Where each notification that is among the reasons is muted: what follows `/mute/`. */
  muteLinks: Map<number, string>;
  unsubscribeToken: string;
  /** Whether it tells of what happened during a pause. */
  catchUp: boolean;
  /** When a digest that comes late was due, in milliseconds since the epoch. */
  dueAt?: number | undefined;
}

/** The same with its items in the order in which to tell them, request by request. */
export interface OrderedEmail extends ComposedEmail {
  requests: RequestState<Told>[];
  viewpoint: Viewpoint;
}
