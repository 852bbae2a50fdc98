import type { Config } from "../config.ts";
import type { Database } from "../db/client.ts";
import type { SendEmail } from "../domain/email.ts";
import { paced } from "./pace.ts";

/** The one function by which mail leaves, as configured and at the configured pace. Providers are loaded only where they are used. */
export async function openTransport(
  config: Config,
  db: Database,
  now: () => number,
): Promise<SendEmail> {
  const { mail, mailFrom: from, mailDomain, sendRate } = config;
  switch (mail.transport) {
    case "mailgun": {
      const { mailgunSender } = await import("./mailgun.ts");
      return paced(mailgunSender({ ...mail, from }), sendRate);
    }
    case "smtp": {
      const { smtpSender } = await import("./smtp.ts");
      return paced(smtpSender({ url: mail.url, from, mailDomain }), sendRate);
    }
    case "outbox": {
      const { outboxSender } = await import("./outbox.ts");
      return outboxSender(db, { from, mailDomain, now });
    }
  }
}
