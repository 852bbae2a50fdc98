import { eventTypeLabel } from "../domain/catalogue.ts";
import type { Colleague, Fit } from "../domain/copies.ts";
import { optOutText } from "../domain/opt_outs.ts";
import type { Searchable } from "../domain/search.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { NotificationSentence } from "./notification_row.tsx";
import { Page, type Shell } from "./page.tsx";

interface CopiesProps {
  shell: Shell;
  notification: Searchable;
  /** Everybody else who is active, and what a copy would be to them. */
  colleagues: (Pick<Colleague, "id" | "name" | "email"> & { fit: Fit })[];
  account: { name: string };
  attempt: string;
  problem?: string;
}

/** Asks which colleagues get a copy of a notification. */
export function CopiesPage(props: CopiesProps) {
  const { shell, notification, colleagues, account, problem } = props;
  const named = (kind: Fit["kind"]) =>
    colleagues.filter(({ fit }) => fit.kind === kind).map(({ name }) => name).join(", ");
  const isAny = named("free") !== "";
  return (
    <Page shell={shell} title="Copy to colleagues">
      <section class="panel narrow stack" aria-labelledby="copies-heading">
        <p class="back">
          <a href="/notifications">Email notification settings</a>
        </p>
        <h1 id="copies-heading">Copy to colleagues</h1>
        <NotificationSentence notification={notification} />
        <p>
          Each gets a Custom notification of their own, from now on. They may change or delete it;
          yours stays yours.
        </p>
        {problem && <p id="problem-to" class="problem" role="alert">{problem}</p>}
        {isAny ? <CopiesForm {...props} /> : (
          <p>
            Nobody else at {account.name} could have it.
          </p>
        )}
        <Without label="Have it already" names={named("has it")} />
        <Without
          label={`Hold no role that shows ${eventTypeLabel(notification.type)}`}
          names={named("not shown")}
        />
      </section>
    </Page>
  );
}

function CopiesForm({ notification, colleagues, attempt, problem }: CopiesProps) {
  const path = `/notifications/${notification.id}`;
  return (
    <form class="stack" method="post" action={`${path}/copies`}>
      <input type="hidden" name="attempt" value={attempt} />
      <fieldset class="plain stack" aria-describedby={problem ? "problem-to" : undefined}>
        <legend>Who gets a copy</legend>
        <div>
          {colleagues.map(({ id, name, email, fit }) =>
            fit.kind === "free" && (
              <label class="choice">
                <input type="checkbox" name="to" value={id} />
                <span>
                  <span dir="auto">{name}</span> <span class="hint">{email}{noteOn(fit)}</span>
                </span>
              </label>
            )
          )}
        </div>
      </fieldset>
      <div class="actions">
        <a class="button" href={path}>Cancel</a>
        <button type="submit" class="primary">Copy</button>
      </div>
    </form>
  );
}

function noteOn({ covered, optOut }: Extract<Fit, { kind: "free" }>): string {
  const told = covered &&
    `. Hears all of it already: ${notificationSentence(covered, { most: 3 })}`;
  const silent = optOut && `. Unsubscribed from ${optOutText(optOut)}: it arrives muted`;
  return `${told ?? ""}${silent ?? ""}`;
}

function Without({ label, names }: { label: string; names: string }) {
  return names === "" ? null : (
    <p class="hint">
      {label}: <span dir="auto">{names}</span>.
    </p>
  );
}
