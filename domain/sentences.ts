import { eventField, eventType, type Field, type Frequency } from "./catalogue.ts";
import { type Condition, type Operator, operatorLabel } from "./conditions.ts";
import { anyOf } from "./lists.ts";
import { nameOf } from "./names.ts";
import { chosenTitle } from "./titles.ts";

// A notification and its conditions, in the words in which the list, the messages and the emails say them.

/** A condition in words; the values apart, so that a view can mark them: "content type", "is", ["Branded"]. */
export interface Phrase {
  field: string;
  relation: string;
  values: string[];
}

/** The conditions of a notification in words, one phrase each. */
export function phrases(type: string, conditions: Condition[]): Phrase[] {
  return conditions.map((condition) => {
    const field = eventField(type, condition.field);
    const label = field?.label ?? condition.field;
    if ("values" in condition) {
      const values = condition.values.map((value) => field ? valueLabel(field, value) : value);
      return { field: label, relation: condition.op === "any" ? "is" : "is not", values };
    }
    return {
      field: label,
      relation: operatorLabel(condition.op),
      values: [amount(condition.op, condition.value)],
    };
  });
}

function amount(op: Operator, value: string | number): string {
  if (op !== "within") return String(value);
  return value === 1 ? "1 day" : `${value} days`;
}

/** The label of one value of a field, as people say it. */
export function valueLabel(field: Field, value: string): string {
  switch (field.kind) {
    case "choice":
      return field.values[value] ?? field.groups?.[value]?.label ?? value;
    case "language":
    case "territory":
      return nameOf(field.kind, value) ?? value;
    case "flag":
      return value === "true" ? "Yes" : "No";
    case "title":
      return chosenTitle(value)?.name ?? value;
    default:
      return value;
  }
}

/** The conditions as one piece of English, without the "where": "content type is Branded and due is within 3 days". */
export function conditionsText(type: string, conditions: Condition[], most = Infinity): string {
  return phrases(type, conditions)
    .map(({ field, relation, values }) => `${field} ${relation} ${anyOf(shortened(values, most))}`)
    .join(" and ");
}

/** The first of many values, and how many others there are. */
function shortened(values: string[], most: number): string[] {
  if (values.length <= most) return values;
  return [...values.slice(0, most - 1), `${values.length - most + 1} others`];
}

/** A notification as one English sentence: "Redelivery Requested where content type is Branded, daily". At most so many values are named of each condition. */
export function notificationSentence(
  notification: { type: string; conditions: Condition[]; frequency: Frequency },
  { most }: { most?: number } = {},
): string {
  const { type, conditions, frequency } = notification;
  const where = conditions.length > 0 ? ` where ${conditionsText(type, conditions, most)}` : "";
  return `${eventType(type)?.label ?? type}${where}, ${frequency}`;
}
