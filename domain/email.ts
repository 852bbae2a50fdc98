// The shape of sending. A transport is one function; what it throws says whether trying again can help.

/** An email as it leaves us. `headers` holds everything beyond From, To, Subject and Message-ID. */
export interface Email {
  /** Ours, stable over every attempt: the Message-ID and Mailgun's `v:email-id` are made of it. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

export interface Attempt {
  /** 1 for the first. From the second on, an earlier attempt may have been accepted without our hearing of it. */
  number: number;
  /** Only asks whether an earlier attempt was accepted, and hands nothing over: `NotAccepted` where it was not. */
  asksOnly?: boolean;
  /** Whether by now somebody else may be trying it. Whoever lets emails wait asks after the wait, and throws `TooLate`. */
  isTooLate?: () => boolean;
}

/** Hands one email to a provider, at most once however often it is called with the same `email.id`; resolves to the provider's id for it. */
export type SendEmail = (email: Email, attempt: Attempt) => Promise<string>;

/** The provider may take this email later: a time-out, a rate limit, an outage. */
export class TemporaryFailure extends Error {
  override name = "TemporaryFailure";
  /** `retryAfter` in seconds, where the provider named it. */
  constructor(message: string, readonly retryAfter?: number) {
    super(message);
  }
}

/** It waited for its turn until it was not ours to hand over any more; nobody was asked to take it. */
export class TooLate extends Error {
  override name = "TooLate";
  constructor() {
    super("it waited for its turn for too long");
  }
}

/** No earlier attempt was accepted, as far as the provider can be asked. */
export class NotAccepted extends Error {
  override name = "NotAccepted";
  constructor() {
    super("the provider has not accepted it");
  }
}

/** The provider will never take this email. `addressFailed` says whether it would take another one to the same reader. */
export class PermanentFailure extends Error {
  override name = "PermanentFailure";
  constructor(message: string, readonly addressFailed = false) {
    super(message);
  }
}
