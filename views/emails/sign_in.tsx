import { htmlDocument } from "./frame.tsx";
import { oneLine } from "./words.ts";

/** The email with a sign-in link, good for that many minutes. */
export function signInEmail(
  { name, link, minutes }: { name: string; link: string; minutes: number },
): { subject: string; text: string; html: string } {
  const headline = `Sign in to Callboard as ${oneLine(name, 120)}`;
  const limits =
    `The link works once, for ${minutes} minutes, in the browser that asked for it. If that was not you, ignore this email: nobody can sign in without the link.`;
  return {
    subject: "Your sign-in link for Callboard",
    text: `${headline}\n\n${link}\n\n${limits}\n`,
    html: htmlDocument(
      headline,
      <>
        <h1 dir="auto">{headline}</h1>
        <p class="open">
          <a class="what" href={link}>Sign in</a>
        </p>
        <p class="small">{limits}</p>
      </>,
    ),
  };
}
