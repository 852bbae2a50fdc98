import type { PastViewing, Viewing } from "../domain/viewing.ts";
import { clockText, Moment, timeText, When } from "./times.tsx";

export interface ViewingProps extends Viewing {
  zone: string;
}

/** Says on every page as whom somebody of the studio sees it, and ends that. */
export function ViewingBar({ as, until, zone }: ViewingProps) {
  if (!as) return null;
  return (
    <aside class="viewing" aria-label="Viewing as somebody else">
      <p>
        You see what <strong dir="auto">{as.name}</strong> of {as.account}{" "}
        sees, and change nothing, until{" "}
        <When at={until} zone={zone} text={clockText(until, zone)} />.
      </p>
      <form method="post" action="/viewing?_method=DELETE">
        <button type="submit">End viewing</button>
      </form>
    </aside>
  );
}

/** The way to see what a person sees. */
export function ViewAsForm({ person }: { person: { id: string; name: string } }) {
  return (
    <form method="post" action={`/people/${encodeURIComponent(person.id)}/viewing?_method=PUT`}>
      <button type="submit" aria-label={`See what they see: ${person.name}`}>
        See what they see
      </button>
    </form>
  );
}

/** Who of the studio saw what the reader sees. */
export function PastViewings(
  { viewings, zone, now }: { viewings: PastViewing[]; zone: string; now: number },
) {
  return (
    <section class="stack section" aria-labelledby="viewings-heading">
      <h2 id="viewings-heading">Who saw what you see</h2>
      <p>
        The studio's admins may look at your pages as you see them, for half an hour at most. They
        change nothing.
      </p>
      {viewings.length === 0 ? <p class="hint">Nobody so far.</p> : (
        <ul class="sentences">
          {viewings.map(({ by, began, ended }) => (
            <li>
              <span dir="auto">{by}</span>, <Moment at={began} zone={zone} now={now} />
              {ended === null ? ", still looking" : ` until ${timeText(ended, zone)}`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
