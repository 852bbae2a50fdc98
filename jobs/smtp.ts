import { createTransport } from "nodemailer";
import * as z from "zod";
import {
  type Email,
  NotAccepted,
  PermanentFailure,
  type SendEmail,
  TemporaryFailure,
} from "../domain/email.ts";

export interface SmtpOptions {
  /** `smtps://user:password@host:465`. */
  url: string;
  /** The From header. */
  from: string;
  /** The domain of the Message-ID. */
  mailDomain: string;
  /** For each step of the conversation, in milliseconds. */
  timeout?: number;
}

/**
 * Sends by SMTP, which cannot be asked what it accepted: after a line that broke at the last moment an email may come
 * twice, with the same Message-ID, by which many mailboxes keep only one.
 */
export function smtpSender({ url, from, mailDomain, timeout = 30_000 }: SmtpOptions): SendEmail {
  const limits = { connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout };
  const transport = createTransport({ url, ...limits });
  return async (email, { asksOnly }) => {
    if (asksOnly) throw new NotAccepted();
    try {
      const { messageId } = await transport.sendMail(messageOf(email, from, mailDomain));
      return messageId;
    } catch (error) {
      throw failureOf(error);
    }
  };
}

function messageOf({ id, to, subject, text, html, headers }: Email, from: string, domain: string) {
  return {
    from,
    // As an object, because a string is read as a list of addresses.
    to: { name: "", address: to },
    subject,
    text,
    html,
    headers,
    messageId: `<${id}@${domain}>`,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What nodemailer says of a failure: its own code, and the command that the server answered with a status. */
const smtpError = z.object({
  code: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
});

/** The statuses that ask for other credentials: for the operator to mend, like a refused sender or a refused connection. */
const authenticationStatuses = [530, 534, 535, 538];

/** The kind of failure and the status; never the words of the server, which quote addresses. */
function failureOf(error: unknown): Error {
  const { code = "", command = "", responseCode } = smtpError.safeParse(error).data ?? {};
  if (responseCode === undefined) {
    return code === "EENVELOPE"
      ? new PermanentFailure("The address cannot be used in SMTP", true)
      : new TemporaryFailure(`The SMTP server was not reached (${code || "unknown error"})`);
  }
  const message = `The SMTP server answered ${responseCode} to ${command}`;
  const isRefused = responseCode >= 500 && ["RCPT TO", "DATA"].includes(command) &&
    !authenticationStatuses.includes(responseCode);
  return isRefused
    ? new PermanentFailure(message, command === "RCPT TO")
    : new TemporaryFailure(message);
}
