import { frequencies } from "../../domain/catalogue.ts";
import type { OrderedEmail, Told } from "./composed.ts";
import { dateText, dayText, instantText } from "./dates.ts";
import { countRequests } from "./order.ts";
import { counted, labelOf, nameOf, oneLine } from "./words.ts";

type Titled = Pick<OrderedEmail, "frequency" | "items" | "composedAt" | "viewpoint">;

/** The subject line: a mailbox rule can go by how it starts, a person by the rest. */
export function subjectOf(email: Titled): string {
  return oneLine(email.frequency === "immediately" ? immediate(email) : digest(email));
}

/** "Redelivery Requested: Harbour Lights (SR-48213), due Tue 24 Nov, and 3 more". */
function immediate({ items, viewpoint }: Titled): string {
  const [first, ...others] = items;
  const { event } = first!;
  const name = nameOf(event);
  const due = dateText(event.data.due, viewpoint);
  const parts = [
    name ? `${labelOf(event)}: ${name}` : labelOf(event),
    ...due ? [`due ${due}`] : [],
    ...others.length > 0 ? [`and ${others.length} more`] : [],
  ];
  return parts.join(", ");
}

/** "Daily: 3 with a deadline, 12 more (Harbour Lights, Glass Orchard, 2 other titles), Tue 24 Nov". */
function digest({ items, frequency, composedAt, viewpoint }: Titled): string {
  const when = frequency === "hourly" ? instantText : dayText;
  const titles = titlesText(items);
  return `${frequencies[frequency]}: ${amounts(items)}${titles}, ${when(composedAt, viewpoint)}`;
}

function amounts(items: Told[]): string {
  const { urgent, others } = countRequests(items);
  if (urgent === 0) return `${counted(others, "request")} moved on`;
  return others === 0 ? `${urgent} with a deadline` : `${urgent} with a deadline, ${others} more`;
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
