import type { Database } from "../db/client.ts";
import type { CurrentUser } from "../db/sessions.ts";
import type { Visit, Visits } from "../db/visits.ts";
import type { SendEmail } from "../domain/email.ts";
import type { Report } from "../domain/reporting.ts";
import type { Telemetry } from "../domain/telemetry.ts";
import type { Managed } from "../views/managed.ts";
import type { Shell } from "../views/page.tsx";
import type { Provider } from "./provider.ts";

/** The part of the configuration that the web reads. */
export interface WebConfig {
  /** Without a slash at its end. */
  baseUrl: string;
  secretKey: string;
  /** The right side of every Message-ID. */
  mailDomain: string;
  webhookSigningKey?: string;
  oidc?: { issuer: string; clientId: string; clientSecret: string };
  supportEmail?: string;
  demo: boolean;
}

/** Everything that the web needs from outside. */
export interface Parts {
  db: Database;
  config: WebConfig;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Called after events came in: immediate mail need not wait for the clock. */
  dispatch: () => void;
  sendEmail: SendEmail;
  /** Tells whoever runs the service what went wrong. */
  report: Report;
  /** Where somebody watches from outside. */
  telemetry?: Telemetry | undefined;
  /** What each person of the demo is there to show, by user id. */
  purposes?: Map<string, string>;
}

/** The same with what the app remembers from one request to the next. */
export interface Equipped extends Parts {
  visits: Visits;
  /** Who signs people in beside us, where there is one. */
  provider: Provider | undefined;
}

/**
 * What the middleware leaves for the handlers: `user` wherever somebody must be signed in, and `visit`, with what the
 * panel shows, wherever `visiting` stands at the door, and `managed`, whose people they are, on the pages of people.
 */
export interface AppEnv {
  Variables: { shell: Shell; user: CurrentUser; visit: Visit; managed: Managed };
}
