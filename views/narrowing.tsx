import type { Narrowing } from "../domain/narrowing.ts";
import { factIn } from "../domain/facts.ts";

interface NarrowingNoteProps extends Narrowing {
  /** The address of the window that narrows. */
  path: string;
  /** Whether saving puts it in the place of a Default notification. */
  replaces: boolean;
}

/** What was left out of the draft already, and what could be left out in its place. */
export function NarrowingNote(
  { event, by: [first, ...others], path, replaces }: NarrowingNoteProps,
) {
  const words = (name: string) => {
    const fact = factIn(event, name);
    return fact && `${fact.label} ${fact.text}`;
  };
  return (
    <div class="notice">
      <p>
        Now left out: {words(first!)}.{" "}
        {replaces && "This takes the place of the Default one, which Save mutes."}
      </p>
      {others.length > 0 && (
        <p>
          Or instead: {others.map((name, index) => (
            <>
              {index > 0 && ", "}
              <a href={`${path}&by=${name}`}>{words(name)}</a>
            </>
          ))}
        </p>
      )}
    </div>
  );
}
