// What is told to whoever watches the service from outside, where somebody does.

/** A route that answered, as the app knows it: without the ids, words and tokens of the address. */
export interface Answered {
  method: string;
  route: string;
}

export interface Telemetry {
  /** The W3C trace context of what is being done, for whatever it causes later. */
  traceparent(): string | undefined;
  /** Answers a request; how often that asks the database is told with the route that it found. */
  answering(answer: () => Promise<void>, answered: () => Answered): Promise<void>;
  /** Tells what became of events that came in. */
  received(counts: { accepted: number; duplicates: number; rejected: number }): void;
}

/** The trace context that an event brings (the CloudEvents extension `traceparent`); what is malformed counts as none. */
export function traceparentOf(event: unknown): string | undefined {
  if (typeof event !== "object" || event === null || !("traceparent" in event)) return undefined;
  const { traceparent } = event;
  const isWhole = typeof traceparent === "string" && wholeTraceparent.test(traceparent);
  return isWhole ? traceparent : undefined;
}

const wholeTraceparent = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
