import { type Frequency, frequencyOrder, isDeadlineType } from "./catalogue.ts";

// What somebody unsubscribed from as a whole. It outlives the notifications that it muted: a Default one that comes
// later, with a role, a new event type or another default, arrives muted.

/** All mail of one frequency, or everything but deadline types. */
export type OptOut = Frequency | "everything-but-deadlines";

export const optOuts: OptOut[] = [...frequencyOrder, "everything-but-deadlines"];

/** What stays quiet, in words: "all daily mail". */
export function optOutText(optOut: OptOut): string {
  if (optOut === "everything-but-deadlines") return "everything but deadlines";
  return `all ${optOut === "immediately" ? "immediate" : optOut} mail`;
}

/** Whether a notification is among what somebody unsubscribed from. */
export function coversOptOut(
  optOut: OptOut,
  { type, frequency }: { type: string; frequency: Frequency },
): boolean {
  return optOut === "everything-but-deadlines" ? !isDeadlineType(type) : frequency === optOut;
}
