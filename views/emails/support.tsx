import type { ContextPart } from "../../domain/support.ts";
import { htmlDocument } from "./frame.tsx";
import { paragraphs } from "./words.ts";

interface SupportRequest {
  reference: string;
  /** What whoever asks wrote. */
  words: string;
  context: ContextPart[];
}

/** The email by which a request reaches support. */
export function supportEmail(
  { reference, words, context }: SupportRequest,
): { subject: string; text: string; html: string } {
  const subject = `Request ${reference}`;
  const said = paragraphs(words, mostWords);
  const parts = context.map(({ label, lines }) => `${label}\n${lines.join("\n")}`);
  return {
    subject,
    text: `${[subject, said, ...parts].join("\n\n")}\n`,
    html: htmlDocument(
      subject,
      <>
        <h1>{subject}</h1>
        <p class="said" dir="auto">{said}</p>
        {context.map(({ label, lines }) => (
          <>
            <h2>{label}</h2>
            {lines.map((line) => <p>{line}</p>)}
          </>
        ))}
      </>,
    ),
  };
}

/** The longest that somebody may write, in characters. */
export const mostWords = 5_000;
