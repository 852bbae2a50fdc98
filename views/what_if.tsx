import { eventTypeLabel, isDeadlineType } from "../domain/catalogue.ts";
import { forecastDays } from "../domain/forecast.ts";
import type { Notification } from "../domain/notifications.ts";
import { notificationSentence } from "../domain/sentences.ts";
import type { WhatIf } from "../domain/what_if.ts";
import { counted, numberText } from "./counted.ts";

interface Shown extends WhatIf {
  /** Whether an admin would cease to be one. */
  endsAdmin: boolean;
}

export interface WhatIfProps {
  /** Of the page, which also says it without a script. */
  path: string;
  name: string;
  account: string;
  /** Null while nothing other is chosen than what is. */
  what: Shown | null;
}

/** What other roles would mean, and the way to save them. It is morphed, so that only what has changed is announced. */
export function WhatIfBox(props: WhatIfProps) {
  const { what, path } = props;
  return (
    <section id="what-if" class="stack" aria-labelledby="what-if-heading">
      <h2 id="what-if-heading">What if</h2>
      <div class="stack" aria-live="polite">
        {what ? <Consequence {...props} what={what} /> : (
          <p class="hint">
            Tick or untick a role, and this says what the last {forecastDays}{" "}
            days would have been with it.
          </p>
        )}
      </div>
      <div class="actions">
        <noscript>
          <button type="submit" formmethod="get" formaction={path}>Show what would change</button>
        </noscript>
        <button type="submit" class="primary">Save roles</button>
      </div>
      {what && what.types.length > 0 && <Types types={what.types} />}
      {what && <List title="Notifications that go" rows={what.lost} />}
      {what && <List title="Notifications that come" rows={what.gained} />}
      {what && <List title="Notifications that come at another frequency" rows={what.retimed} />}
    </section>
  );
}

function Consequence(
  { name, account, what }: Omit<WhatIfProps, "path" | "what"> & { what: Shown },
) {
  const { before, after, prepared, unheard, endsAdmin } = what;
  const isSame = before.events === after.events && before.emails === after.emails;
  return (
    <>
      <p aria-atomic="true">
        {isSame
          ? `The same mail as with the roles of now: ${
            counted(after.emails, "email")
          } in the last ${forecastDays} days.`
          : `${counted(after.emails, "email")} instead of ${
            numberText(before.emails)
          } in the last ${forecastDays} days, telling ${
            counted(after.events, "event")
          } instead of ${numberText(before.events)}.`}
      </p>
      {prepared > 0 && (
        <p aria-atomic="true">
          {counted(prepared, "prepared notification")} would come with it, once.
        </p>
      )}
      {endsAdmin && <p aria-atomic="true">{name} could no longer manage the people of {account}.
      </p>}
      <Unheard account={account} types={unheard} />
    </>
  );
}

/** Those with a deadline stand out: missing one of them is what costs. */
function Unheard({ account, types }: { account: string; types: string[] }) {
  const [deadlines, others] = [true, false].map((isDeadline) =>
    types.filter((type) => isDeadlineType(type) === isDeadline).map(eventTypeLabel).join(", ")
  );
  return (
    <>
      {deadlines && (
        <p class="deadline">Nobody at {account} would hear about {deadlines} any more.</p>
      )}
      {others && <p>Nobody at {account} would hear about {others} any more.</p>}
    </>
  );
}

function Types({ types }: Pick<WhatIf, "types">) {
  return (
    <table class="figures">
      <caption>By event type</caption>
      <thead>
        <tr>
          <th scope="col">Event type</th>
          <th scope="col" class="figure">Events now</th>
          <th scope="col" class="figure">Then</th>
          <th scope="col" class="figure">Emails now</th>
          <th scope="col" class="figure">Then</th>
        </tr>
      </thead>
      <tbody>
        {types.map(({ type, before, after }) => (
          <tr>
            <th scope="row">{eventTypeLabel(type)}</th>
            <td class="figure">{numberText(before.events)}</td>
            <td class="figure">{changed(before.events, after.events)}</td>
            <td class="figure">{numberText(before.emails)}</td>
            <td class="figure">{changed(before.emails, after.emails)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function changed(before: number, after: number) {
  return before === after ? <>{numberText(after)}</> : <strong>{numberText(after)}</strong>;
}

function List({ title, rows }: { title: string; rows: Notification[] }) {
  if (rows.length === 0) return null;
  return (
    <details class="earlier">
      <summary>{`${title}: ${numberText(rows.length)}`}</summary>
      <ul class="sentences">
        {rows.map((notification) => (
          <li>
            {notificationSentence(notification, { most: 3 })}
            <span class="hint">{kindText(notification)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function kindText({ kind, mutedAt }: Notification): string {
  return ` ${kind === "default" ? "Default" : "Custom"}${mutedAt === null ? "" : ", muted"}`;
}
