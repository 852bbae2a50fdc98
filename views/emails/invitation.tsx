import { htmlDocument } from "./frame.tsx";
import { oneLine } from "./words.ts";

/** The email that tells somebody that they can sign in, and where. */
export function invitationEmail(
  { by, account, link }: { by: string; account: string; link: string },
): { subject: string; text: string; html: string } {
  const headline = `${oneLine(by, 120)} invites you to Callboard for ${oneLine(account, 120)}`;
  const purpose =
    "Callboard emails you about source requests, and lets you say which of them you want to hear about, and how often.";
  const way =
    "The sign-in page sends a link to this address whenever you ask for one: there is no password. If you did not expect this, tell the person who invited you.";
  return {
    subject: `Your access to Callboard for ${oneLine(account, 120)}`,
    text: `${headline}\n\n${purpose}\n\n${link}\n\n${way}\n`,
    html: htmlDocument(
      headline,
      <>
        <h1 dir="auto">{headline}</h1>
        <p>{purpose}</p>
        <p class="open">
          <a class="what" href={link}>Sign in</a>
        </p>
        <p class="small">{way}</p>
      </>,
    ),
  };
}
