import { htmlDocument } from "./frame.tsx";

/** The email that tells the studio's admins of emails with deadlines that were not delivered in time. */
export function overdueEmail(
  { count, minutes, baseUrl }: { count: number; minutes: number; baseUrl: string },
): { subject: string; text: string; html: string } {
  const what = count === 1 ? "1 email that tells" : `${count} emails that tell`;
  const subject = `Not delivered in time: ${what} of deadlines`;
  const link = `${baseUrl}/operations`;
  const meaning = `The mail provider took ${
    count === 1 ? "it" : "them"
  } more than ${minutes} minutes ago and has not said that a mailbox did. Somebody may miss a deadline. You hear of this at most once an hour.`;
  return {
    subject,
    text: `${subject}\n\n${meaning}\n\nSee which: ${link}\n`,
    html: htmlDocument(
      subject,
      <>
        <h1>{subject}</h1>
        <p>{meaning}</p>
        <p class="open">
          <a class="what" href={link}>See which</a>
        </p>
      </>,
    ),
  };
}
