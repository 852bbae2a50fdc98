import { eventTypeLabel } from "../domain/catalogue.ts";
import type { Gap, Hindrance } from "../domain/gaps.ts";
import { allOf } from "../domain/lists.ts";

// What is said of deadline types before, and after, nobody in an account hears about them any more.

/** "Redelivery Requested and Request Critical". */
export function labels(types: readonly string[]): string {
  return allOf(types.map(eventTypeLabel));
}

interface LastNoteProps {
  /** For a control that is described by it. */
  id?: string;
  /** Who would stop to hear; the reader, unless named. */
  name?: string;
  account: string;
  types: readonly string[];
}

/** Says before it happens that nobody else would hear about these types; nothing where somebody would. */
export function LastNote({ id, name, account, types }: LastNoteProps) {
  if (types.length === 0) return null;
  return (
    <p id={id} role="none" class="deadline">
      {`${name ? `${name} is` : "You are"} the last at ${account} who hears about ${labels(types)}`}
    </p>
  );
}

/** The deadline types that nobody of an account hears about now. */
export interface Silence {
  account: string;
  types: readonly string[];
}

/** Says after it happened what nobody hears about; nothing where somebody does. */
export function SilenceNote({ silence }: { silence: Silence }) {
  return silence.types.length > 0 && <p class="deadline">{silenceText(silence)}</p>;
}

/** The same of those types alone that some notifications are of. */
export function silenceAbout({ account, types }: Silence, of: readonly { type: string }[]) {
  const silent = types.filter((type) => of.some((each) => each.type === type));
  return silent.length > 0 && `. ${silenceText({ account, types: silent })}`;
}

function silenceText({ account, types }: Silence): string {
  return `Nobody at ${account} hears about ${labels(types)} now`;
}

/** The deadline types that reach nobody of an account, and who could hear about them. */
export function Coverage({ account, gaps }: { account: string; gaps: Gap[] }) {
  if (gaps.length === 0) return <p class="hint">Every deadline type reaches somebody.</p>;
  return (
    <section class="notice" aria-labelledby="gaps-heading">
      <h2 id="gaps-heading" class="deadline">
        {`Nobody at ${account} hears about: ${
          gaps.map(({ type }) => eventTypeLabel(type)).join(", ")
        }`}
      </h2>
      <ul class="sentences">
        {gaps.map(({ type, could }) => (
          <li>
            <strong>{eventTypeLabel(type)}</strong>. {could.length === 0
              ? "Nobody here has a role that shows it."
              : `Who could: ${could.map(couldText).join(", ")}.`}
          </li>
        ))}
      </ul>
      <p class="hint">Ask one of them to unmute it, to resume mail, or to create a notification.</p>
    </section>
  );
}

function couldText({ name, hindrance }: Gap["could"][0]): string {
  return `${name} (${hindrances[hindrance]})`;
}

const hindrances: Record<Hindrance, string> = {
  "address failed": "the address takes no mail",
  paused: "mail is paused",
  muted: "muted it",
  "not asked": "has no notification of it",
};
