import { type Role, roles as catalogue } from "../domain/catalogue.ts";
import type { NotificationInput } from "../domain/notifications.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { counted } from "./counted.ts";
import { Message } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";

interface Prepared extends NotificationInput {
  id: number;
}

export type Preparations = ReadonlyMap<Role, readonly Prepared[]>;

interface PreparationsProps {
  shell: Shell;
  account: { name: string };
  roles: Role[];
  preparations: Preparations;
  /** How many were just prepared. */
  prepared?: number | undefined;
  done?: "dropped" | undefined;
}

/** What whoever gets a role for the first time gets with it, role by role. */
export function PreparationsPage(props: PreparationsProps) {
  const { shell, account, roles, preparations, prepared, done } = props;
  const message = prepared
    ? `Prepared: ${counted(prepared, "notification")}`
    : done && "No longer prepared. Whoever has it keeps it.";
  return (
    <Page
      shell={shell}
      title="Prepared notifications"
      message={message && <Message>{message}</Message>}
    >
      <section class="panel narrow" aria-labelledby="prepared-heading">
        <header class="panel-head">
          <div>
            <p class="back">
              <a href="/people">People</a>
            </p>
            <h1 id="prepared-heading">Prepared notifications</h1>
            <p class="panel-note">
              Whoever at {account.name}{" "}
              gets a role for the first time gets these with it, once, as Custom notifications of
              their own.
            </p>
          </div>
        </header>
        {roles.length === 0 && <p>No role of {account.name} shows anything to prepare.</p>}
        {roles.map((role) => <RolePart role={role} list={preparations.get(role) ?? []} />)}
      </section>
    </Page>
  );
}

function RolePart({ role, list }: { role: Role; list: readonly Prepared[] }) {
  const { label } = catalogue[role];
  return (
    <section class="stack section" aria-labelledby={`role-${role}`}>
      <h2 id={`role-${role}`}>{label}</h2>
      {list.length === 0 ? <p class="hint">Nothing so far.</p> : (
        <ul class="stack" role="list">
          {list.map((each) => <PreparedItem each={each} />)}
        </ul>
      )}
      <div>
        <a
          class="button"
          href={`/people/prepared/${role}`}
          aria-label={`Prepare notifications for ${label}`}
        >
          Prepare notifications
        </a>
      </div>
    </section>
  );
}

function PreparedItem({ each }: { each: Prepared }) {
  const sentence = notificationSentence(each, { most: 5 });
  return (
    <li class="prepared">
      <span>{sentence}</span>
      <form method="post" action={`/people/prepared/${each.id}?_method=DELETE`}>
        <button type="submit" class="link-button danger" aria-label={`Remove ${sentence}`}>
          Remove
        </button>
      </form>
    </li>
  );
}

interface PrepareProps {
  shell: Shell;
  account: { name: string };
  role: Role;
  candidates: (Prepared & { owner: string })[];
  problem?: string;
}

/** Asks which notifications of the account are prepared for a role. */
export function PreparePage({ shell, account, role, candidates, problem }: PrepareProps) {
  const { label } = catalogue[role];
  return (
    <Page shell={shell} title={`Prepare for ${label}`}>
      <section class="panel narrow stack" aria-labelledby="prepare-heading">
        <p class="back">
          <a href="/people/prepared">Prepared notifications</a>
        </p>
        <h1 id="prepare-heading">Prepare for {label}</h1>
        <p>
          Choose among the Custom notifications of {account.name}{" "}
          that this role shows. What is prepared is a copy: it stays as it is when theirs change.
        </p>
        {problem && <p id="problem-from" class="problem" role="alert">{problem}</p>}
        {candidates.length === 0
          ? (
            <p>
              Nobody has one that is not prepared already.{" "}
              <a href="/notifications/new">Create one of your own</a> to begin with.
            </p>
          )
          : <CandidatesForm {...{ role, candidates, problem }} />}
      </section>
    </Page>
  );
}

function CandidatesForm({ role, candidates, problem }: Omit<PrepareProps, "shell" | "account">) {
  return (
    <form class="stack" method="post" action={`/people/prepared/${role}`}>
      <fieldset class="plain stack" aria-describedby={problem ? "problem-from" : undefined}>
        <legend>What to prepare</legend>
        <div class="stack">
          {candidates.map(({ id, owner, ...asked }) => (
            <label class="choice">
              <input type="checkbox" name="from" value={id} />
              <span>
                {notificationSentence(asked, { most: 5 })}{" "}
                <span class="person-email">
                  as <span dir="auto">{owner}</span> has it
                </span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="actions">
        <a class="button" href="/people/prepared">Cancel</a>
        <button type="submit" class="primary">Prepare</button>
      </div>
    </form>
  );
}

/** What comes with a role beside it, where that is anything. */
export function PreparedNote({ count }: { count: number }) {
  return count === 0
    ? null
    : <span class="hint">{` and ${counted(count, "prepared notification")}`}</span>;
}
