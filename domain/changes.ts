import type { NotificationInput } from "./notifications.ts";
import type { OptOut } from "./opt_outs.ts";
import type { Stay } from "./selection.ts";

/** What a person can do to notifications, as it reads afterwards. */
export type Deed =
  | "created"
  | "edited"
  | "muted"
  | "snoozed"
  | "unmuted"
  | "rescheduled"
  | "deleted"
  | "copied"
  | "imported";

/** What is kept of a change that a person made to notifications. */
export interface ChangeRecord {
  deed: Deed;
  /** Names the form that asked for it, so that the same form sent twice is known again. */
  attempt: string | null;
  /** Each notification that it touched, as it read before; null for one that it made, for a colleague perhaps. */
  touched: { id: number; was: NotificationInput | null }[];
  /** What was selected as well, and stayed as it was. */
  stays: Stay[];
  /** What queued emails were about to tell, and for which notification. */
  pending: { id: number; seq: number }[];
  /** What its person unsubscribed from with it, and had not before. */
  optOut?: OptOut | null;
}

/** A change that was made, as it is spoken of. */
export interface Change extends Pick<ChangeRecord, "deed" | "touched" | "stays"> {
  id: string;
  undone: boolean;
}

/** How long a change can be undone, in milliseconds. */
export const undoLimit = 3_600_000;
