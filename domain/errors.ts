// The whole error vocabulary. `routes/errors.tsx` holds the one table from these to HTTP.

/** Nothing of that name is the asker's: it does not exist, was deleted, or belongs to somebody else. */
export class NotFound extends Error {
  override name = "NotFound";
}

/** The asker is not, or no longer, signed in. */
export class SignedOut extends Error {
  override name = "SignedOut";
}

/** The asker is known, but may not do this. */
export class Forbidden extends Error {
  override name = "Forbidden";
}

/** The request contradicts what is stored; `existing` is the id of what stands in the way, where there is one. */
export class Conflict extends Error {
  override name = "Conflict";
  constructor(message: string, readonly existing?: number) {
    super(message);
  }
}

/** One thing that is wrong with an input, beside the field that it belongs to. */
export interface Problem {
  field: string;
  message: string;
}

/** The input was understood, but cannot be accepted. */
export class Invalid extends Error {
  override name = "Invalid";
  constructor(readonly problems: Problem[]) {
    super(problems.map((problem) => problem.message).join(" "));
  }
}

/** What everything rests on does not answer; nothing is wrong with the request, which may be repeated. */
export class Unavailable extends Error {
  override name = "Unavailable";
}

/** What a log may say of an error: never the text of a query, whose parameters are addresses and titles, nor what else may quote them. */
export function logText(error: unknown): string {
  if (!(error instanceof Error)) return "something that is not an error was thrown";
  if (error.message.startsWith("Failed query")) return `query failed: ${logText(error.cause)}`;
  const { name, message } = isWordedElsewhere(error) ? withoutWords(error) : error;
  return `${name}: ${message}`;
}

/** Whether the platform worded it, which likes to quote what it was given. */
function isWordedElsewhere(error: Error): boolean {
  return [SyntaxError, TypeError, RangeError, URIError].some((kind) => error instanceof kind);
}

/** The same error by its name and where it arose alone. */
export function withoutWords({ name, stack = "" }: Error): Error {
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line)).slice(0, 8);
  return Object.assign(new Error(frames.join("\n")), { name });
}
