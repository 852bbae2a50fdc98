import { frequencies } from "../../domain/catalogue.ts";
import type { OrderedEmail, Told } from "./composed.ts";
import { dateText } from "./dates.ts";
import { coveredText } from "./headline.ts";
import { amountsOf, counted, labelOf, nameOf, oneLine } from "./words.ts";

type Titled = Pick<
  OrderedEmail,
  "frequency" | "items" | "requests" | "composedAt" | "dueAt" | "viewpoint"
>;

/** The subject line: a mailbox rule can go by how it starts, a person by the rest. */
export function subjectOf(email: Titled): string {
  return oneLine(email.frequency === "immediately" ? immediate(email) : digest(email));
}

/** "Redelivery Requested: Harbour Lights (SR-48213), due Tue 24 Nov, and 3 more". */
function immediate({ items, requests, viewpoint }: Titled): string {
  const { open, newest } = requests[0]!;
  const { event } = open[0] ?? newest;
  const others = items.length - 1;
  const name = nameOf(event);
  const due = dateText(event.data.due, viewpoint);
  const parts = [
    name ? `${labelOf(event)}: ${name}` : labelOf(event),
    ...due ? [`due ${due}`] : [],
    ...others > 0 ? [`and ${others} more`] : [],
  ];
  return parts.join(", ");
}

/** "Daily: 3 need action, first due Tue 24 Nov, 12 for information (Harbour Lights, 2 other titles), Mon 23 Nov". */
function digest(email: Titled): string {
  const { items, requests, frequency, viewpoint } = email;
  const due = dateText(requests[0]!.due?.said, viewpoint);
  const what = `${amountsOf(email, due)}${titlesText(items)}`;
  return `${frequencies[frequency]}: ${what}, ${coveredText(email)}`;
}

function titlesText(items: Told[]): string {
  const names = new Set<string>();
  for (const { event } of items) {
    if (event.data.title) names.add(oneLine(event.data.title.name, 40));
  }
  if (names.size === 0) return "";
  const [first, second, ...others] = names;
  const named = [first, ...second ? [second] : []];
  const more = others.length > 0 ? [counted(others.length, "other title")] : [];
  return ` (${[...named, ...more].join(", ")})`;
}
