import type * as z from "zod";

// What is said to upstream systems about an event that cannot be accepted: a sentence that begins with the member.

const units: Record<string, string> = { string: "characters", array: "values" };

const kinds: Record<string, string> = {
  string: "a text",
  number: "a number within the range of a double",
  boolean: "true or false",
  array: "a list",
  object: "a JSON object",
};

/** What is wrong with a member, in words that follow its name; undefined for what its schema has words for. */
export function wordingOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "too_big":
      return `must have at most ${issue.maximum.toLocaleString("en")} ${units[issue.origin]}`;
    case "too_small":
      return "must not be empty";
    case "invalid_value":
      return `must be one of ${issue.values.join(", ")}`;
    case "invalid_type":
      return issue.input === undefined ? "is missing" : `must be ${kinds[issue.expected]}`;
    default:
      return undefined;
  }
}

/** The sentence about the first problem; of one in a member of the event, with its name before. */
export function problemOf(error: z.ZodError, within?: string): string {
  const issue = error.issues[0]!;
  const path = [within, ...issue.path].filter((part) => part !== undefined).join(".");
  return `${path || "event"} ${issue.message}`;
}
