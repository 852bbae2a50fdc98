import type { Frequency } from "./catalogue.ts";
import { emailNames, fastest, type Telling } from "./noise.ts";
import type { Notification } from "./notifications.ts";
import type { MailTimes } from "./schedule.ts";

/** How many emails fewer there would have been, had a notification had another frequency; less than 0 where more. */
export type SavedBy = (notification: Notification, frequency: Frequency) => number;

/** Answers what another frequency of one notification would have saved of the emails of these tellings. */
export function savings(told: readonly Telling[], times: MailTimes): SavedBy {
  const nameOf = emailNames(times);
  const emails = new Map<string, number>();
  for (const { event, by } of told) count(emails, nameOf(event, by.frequency), 1);
  const toldBy = Map.groupBy(told, ({ by }) => by);
  return (notification, frequency) => {
    const moved = new Map<string, number>();
    for (const { event, wanted } of toldBy.get(notification) ?? []) {
      const changed = wanted.map((n) => n === notification ? { ...n, frequency } : n);
      count(moved, nameOf(event, notification.frequency), -1);
      count(moved, nameOf(event, fastest(changed).frequency), 1);
    }
    return [...moved].reduce((saved, [name, change]) => {
      const before = emails.get(name) ?? 0;
      return saved + Number(before > 0) - Number(before + change > 0);
    }, 0);
  };
}

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
