import { cast, manyAccounts } from "../demo/cast.ts";
import type { CastAccount, CastNotification } from "../demo/company.ts";

// The accounts that `seed --accounts` makes: the cast in full, and enough of the crowd to show every zone.

/** How many people of each invented account take part: more would say nothing new, and take their time. */
const most = 2;

/** Asked by somebody in each account beyond what the cast asks, so that every operator and kind of field has its turn. */
const curious: CastNotification[] = [
  {
    type: "source-request.inspection-failed",
    conditions: [{ field: "error_count", op: "least", value: 3 }],
    frequency: "hourly",
  },
  {
    type: "source-request.inspection-failed",
    conditions: [
      { field: "error_count", op: "most", value: 2 },
      { field: "inspection", op: "none", values: ["manual"] },
    ],
    frequency: "immediately",
  },
  {
    type: "source-request.due-date-changed",
    conditions: [
      { field: "due", op: "before", value: "2026-11-10" },
      { field: "previous_due", op: "after", value: "2026-10-31" },
    ],
    frequency: "hourly",
  },
  {
    type: "source-request.redelivery-requested",
    conditions: [{ field: "blocker", op: "any", values: ["true"] }],
    frequency: "hourly",
  },
  {
    type: "source-request.created",
    conditions: [
      { field: "language", op: "none", values: ["en", "pt"] },
      { field: "season", op: "any", values: ["1", "2"] },
    ],
    frequency: "weekly",
  },
  {
    type: "source-request.comment-added",
    conditions: [
      { field: "author_profile", op: "any", values: ["studio"] },
      { field: "content_partner", op: "none", values: ["Tidewrack-Pictures"] },
    ],
    frequency: "immediately",
  },
  {
    type: "qc.report-available",
    conditions: [{ field: "title", op: "any", values: ["the glass signal", "81236300"] }],
    frequency: "immediately",
  },
];

/** The first `n` accounts; the first of each asks the curious questions too. */
export function inhabitants(n: number): CastAccount[] {
  return manyAccounts(n).map((account, index) => {
    const [first, ...others] = account.users.slice(0, index < cast.length ? undefined : most);
    const notifications = [...first!.notifications, ...curious];
    return { ...account, users: [{ ...first!, notifications }, ...others] };
  });
}
