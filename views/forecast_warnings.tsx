import { recentDays } from "../domain/activity.ts";
import type { Frequency } from "../domain/catalogue.ts";
import type { Warning } from "../domain/forecast.ts";
import { notificationSentence } from "../domain/sentences.ts";

/** One thing to weigh before saving, in words; the other notification that it is about can be looked at. */
export function WarningText({ warning, frequency }: { warning: Warning; frequency: Frequency }) {
  switch (warning.kind) {
    case "never matched":
      return <>Nothing matched in the last {recentDays} days. It may be narrower than you mean.</>;
    case "too many":
      return <>That is more than 20 emails a day. A digest holds the same events.</>;
    case "slow deadline":
      return <>It has a deadline, and a daily email may come too late. Immediately is safer.</>;
    case "covered by":
      return (
        <>
          <Other warning={warning} />{" "}
          tells all of this already. Each event is told once, by the fastest.
        </>
      );
    case "covers":
      return (
        <>
          It also tells everything that <Other warning={warning} /> tells.
        </>
      );
    case "more":
      return <>{moreText(warning)}</>;
    case "other frequency":
      return (
        <>
          You have the same: <Other warning={warning} />
          {warning.notification.mutedAt !== null && " (muted)"}.{" "}
          {warning.notification.frequency === frequency
            ? "It cannot be saved twice."
            : "Each event is told once, by the fastest."}
        </>
      );
  }
}

/** "And 37 more of yours tell all of this already." */
function moreText({ relation, count, isAtLeast }: Extract<Warning, { kind: "more" }>): string {
  const others = `${isAtLeast ? "at least " : ""}${count} more of yours`;
  const verb = count === 1 ? "tells" : "tell";
  return relation === "covered by"
    ? `And ${others} ${verb} all of this already.`
    : `And everything that ${others} ${verb}.`;
}

function Other(
  { warning: { notification } }: { warning: Extract<Warning, { notification: unknown }> },
) {
  return <a href={`/notifications/${notification.id}`}>{notificationSentence(notification)}</a>;
}
