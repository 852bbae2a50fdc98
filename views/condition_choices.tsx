import type { Offer } from "../domain/offers.ts";
import type { ConditionProps } from "./condition_values.tsx";
import { numberText } from "./counted.ts";

interface ChoiceProps {
  name: string;
  offer: Offer;
  checked?: boolean;
  /** Whether it stands for a group, which is chosen with all its members. */
  whole?: boolean;
}

/** One value, and how many events said it lately: beside its label, whose words are its name. */
export function Choice(
  { name, offer: { value, label, count, also }, checked, whole }: ChoiceProps,
) {
  return (
    <div class={whole ? "choice choice-whole" : "choice"} data-also={also || undefined}>
      <label>
        <input
          type="checkbox"
          name={`where.${name}`}
          value={value}
          checked={checked}
          aria-description={count > 0 ? `${count} lately` : undefined}
          data-whole={whole}
        />
        <span dir="auto">{label}</span>
      </label>
      {count > 0 && <span class="count">{numberText(count)}</span>}
    </div>
  );
}

/** A short list. */
export function Choices({ name, control: { open, others }, asked }: ConditionProps) {
  return (
    <div class="choices">
      {open.map((offer) => (
        <Choice name={name} offer={offer} checked={asked?.values.includes(offer.value)} />
      ))}
      <LostValues name={name} values={others} />
    </div>
  );
}

/** What was asked before it left the catalogue: it can only be taken out. */
function LostValues({ name, values }: { name: string; values: string[] }) {
  return (
    <>
      {values.map((value) => (
        <Choice
          name={name}
          offer={{ value, label: `${value} (no longer offered)`, count: 0 }}
          checked
        />
      ))}
    </>
  );
}

type Groups = Record<string, { label: string; values: string[] }>;

/** Each group whole, and its members behind it. Choosing the group is choosing all of them, also those to come. */
export function GroupedChoices(
  { name, control: { open, others }, asked, groups }: ConditionProps & { groups: Groups },
) {
  const offers = new Map(open.map((offer) => [offer.value, offer]));
  const choice = (value: string, whole?: boolean) => (
    <Choice
      name={name}
      offer={offers.get(value)!}
      checked={asked?.values.includes(value)}
      whole={whole}
    />
  );
  return (
    <div class="choice-groups">
      {Object.entries(groups).map(([id, { values }]) => (
        <div class="choice-group" data-choice-group>
          {choice(id, true)}
          <div class="choices">{values.map((value) => choice(value))}</div>
        </div>
      ))}
      <LostValues name={name} values={others} />
    </div>
  );
}

/** What was chosen from a long list: it stays in sight whatever the list shows. */
export function Chosen(
  { name, control: { chosen, locale } }: Pick<ConditionProps, "name" | "control">,
) {
  return (
    <div class="choices" lang={locale} data-kept>
      {chosen.map((offer) => <Choice name={name} offer={offer} checked />)}
    </div>
  );
}

/** From so many choices on a list wants to be filtered. */
const many = 9;

/** A long list: what was chosen from it on top, then a filter, then all the rest. */
export function LongChoices({ name, control, what }: ConditionProps & { what: string }) {
  const { open, locale } = control;
  return (
    <>
      <Chosen name={name} control={control} />
      {open.length >= many && (
        <input
          type="search"
          placeholder="Filter the list"
          aria-label={`Filter the list of ${what}`}
          data-filter
          hidden
        />
      )}
      <p class="hint" aria-live="polite" data-said></p>
      {open.length > 0 && (
        <div class="choices-long">
          <div class="choices" lang={locale} data-open>
            {open.map((offer) => <Choice name={name} offer={offer} />)}
          </div>
        </div>
      )}
    </>
  );
}
