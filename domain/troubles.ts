import type { Frequency } from "./catalogue.ts";
import type { EmailStanding } from "./email_states.ts";

/** Why some emails wait or did not arrive. */
export interface Trouble {
  problem: string;
  state: EmailStanding;
  emails: number;
}

/** An email that waits for something, or did not arrive. Instants are milliseconds since the epoch. */
export interface Troubled {
  id: string;
  problem: string;
  state: EmailStanding;
  reader: string;
  account: string;
  frequency: Frequency;
  composedAt: number;
  sendAt: number;
  attempts: number;
}
