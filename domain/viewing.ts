// A studio admin sees what somebody else sees, and changes nothing. It is announced on every page and ends by itself.

/** How long it lasts at most, in milliseconds. */
export const viewingLength = 30 * 60_000;

/** Who looks as whom. */
export interface Viewing {
  by: { id: string; name: string };
  /** Null once it is over: the time is up, or one of the two may not any more. */
  as: { id: string; name: string; account: string } | null;
  /** In milliseconds since the epoch. */
  until: number;
}

/** That somebody of the studio looked, as it is told to whom they looked as. */
export interface PastViewing {
  by: string;
  began: number;
  /** Null while it lasts. */
  ended: number | null;
}
