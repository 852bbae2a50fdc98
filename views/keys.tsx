import type { PropsWithChildren } from "hono/jsx";
import type { Problem } from "../domain/errors.ts";
import { type TypedKey, usualPace, type WantedKey } from "../domain/keys.ts";
import { FieldProblem, pathOfAccount, problemProps } from "./accounts.tsx";
import { Message } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";
import { dayInSentence, Moment, When } from "./times.tsx";

interface Key {
  id: string;
  kind: "api key" | "SCIM key";
  name: string;
  account: { id: string; name: string } | null;
  sources: string[] | null;
  perSecond: number;
  createdAt: number;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

interface KeysProps {
  shell: Shell;
  keys: Key[];
  /** The one that was just revoked. */
  revoked: Key | undefined;
  zone: string;
  now: number;
}

/** The keys of upstream systems and of directories: what each may do, and when it was used. */
export function KeysPage({ shell, keys, revoked, zone, now }: KeysProps) {
  return (
    <Page
      shell={shell}
      title="Keys"
      message={revoked && <Message>Revoked: {revoked.name} gets in no more</Message>}
    >
      <section class="panel" aria-labelledby="keys-heading">
        <header class="panel-head">
          <div>
            <h1 id="keys-heading">Keys</h1>
            <p class="panel-note">
              Upstream systems post events with theirs, directories provision people. A key is shown
              once, and kept as a hash. <a href="/accounts">Accounts</a>
            </p>
          </div>
          <a class="button primary" href="/keys/new">New key</a>
        </header>
        {keys.length === 0 ? <NoKeys /> : (
          <table class="people">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">For</th>
                <th scope="col">Use</th>
                <th scope="col">
                  <span class="hidden">Action</span>
                </th>
              </tr>
            </thead>
            <tbody>{keys.map((key) => <KeyRow of={key} zone={zone} now={now} />)}</tbody>
          </table>
        )}
      </section>
    </Page>
  );
}

function NoKeys() {
  return (
    <div class="empty">
      <p class="empty-title">No key yet</p>
      <p>Without one no upstream system posts events, so there is nothing to tell anybody.</p>
    </div>
  );
}

interface KeyProps {
  of: Key;
  zone: string;
  now: number;
}

function KeyRow({ of: key, zone, now }: KeyProps) {
  const { id, name, createdAt, revokedAt } = key;
  return (
    <tr class={revokedAt === null ? undefined : "row-silent"}>
      <th scope="row">
        <span class="person-name" dir="auto">{name}</span>
        <span class="person-email">
          Since <When at={createdAt} zone={zone} text={dayInSentence(createdAt, zone, now)} />
        </span>
      </th>
      <td>
        <Scope of={key} />
      </td>
      <td>
        <Use of={key} zone={zone} now={now} />
      </td>
      <td class="person-action">
        {revokedAt === null && (
          <a
            class="button"
            href={`/keys/${encodeURIComponent(id)}/revocation`}
            aria-label={`Revoke ${name}`}
          >
            Revoke
          </a>
        )}
      </td>
    </tr>
  );
}

/** What a key may do. */
function Scope({ of: { account, sources, perSecond } }: { of: Key }) {
  const pace = `at most ${perSecond.toLocaleString("en")} requests a second`;
  if (account) {
    return (
      <>
        People of <a dir="auto" href={pathOfAccount(account.id)}>{account.name}</a>, {pace}
      </>
    );
  }
  return <>Events {sources ? `from ${sources.join(", ")}` : "from every source"}, {pace}</>;
}

function Use({ of: { lastUsedAt, revokedAt }, zone, now }: KeyProps) {
  return (
    <>
      {lastUsedAt === null ? "Never used" : (
        <>
          Last used <Moment at={lastUsedAt} zone={zone} now={now} />
        </>
      )}
      {revokedAt !== null && (
        <>
          , revoked <When at={revokedAt} zone={zone} text={dayInSentence(revokedAt, zone, now)} />
        </>
      )}
    </>
  );
}

interface NewKeyProps {
  shell: Shell;
  /** What was typed; `attempt` names the form, so that sending it twice makes one key. */
  typed: Partial<TypedKey & { attempt: string }>;
  problems: Problem[];
  accounts: { id: string; name: string }[];
}

/** The form that asks for a key. */
export function NewKeyPage({ shell, typed, problems, accounts }: NewKeyProps) {
  const problemOf = (field: string) => problems.find((each) => each.field === field);
  const isFor = (purpose: string) => (typed.purpose ?? "events") === purpose;
  return (
    <Page shell={shell} title="New key">
      <form class="prose" method="post" action="/keys">
        <input type="hidden" name="attempt" value={typed.attempt} />
        <p class="back">
          <a href="/keys">Keys</a>
        </p>
        <h1>New key</h1>
        <Field name="name" label="Name" value={typed.name} problem={problemOf("name")}>
          Of the system that will use it. The audit log names it.
        </Field>
        <fieldset class="field-block">
          <legend>What for</legend>
          <label class="choice">
            <input type="radio" name="purpose" value="events" checked={isFor("events")} />
            <span>An upstream system, which posts events</span>
          </label>
          <label class="choice">
            <input type="radio" name="purpose" value="directory" checked={isFor("directory")} />
            <span>A directory, which provisions the people of one account (SCIM)</span>
          </label>
        </fieldset>
        <Sources value={typed.sources} problem={problemOf("sources")} />
        <Field
          name="account"
          label="Account of a directory"
          value={typed.account}
          problem={problemOf("account")}
          list="accounts"
        >
          Its id. The key reaches nobody of any other account.
        </Field>
        <datalist id="accounts">
          {accounts.map(({ id, name }) => <option value={id}>{name}</option>)}
        </datalist>
        <Field
          name="perSecond"
          label="Requests a second"
          value={typed.perSecond}
          problem={problemOf("perSecond")}
        >
          {`At most, and ten times as many at once. Left empty: ${usualPace.events} for events, ${usualPace.directory} for a directory.`}
        </Field>
        <div class="actions">
          <a class="button" href="/keys">Cancel</a>
          <button type="submit" class="primary">Make key</button>
        </div>
      </form>
    </Page>
  );
}

interface FieldProps {
  value?: string | undefined;
  problem?: Problem | undefined;
}

function Field(
  { name, label, value, problem, list, children }: PropsWithChildren<
    FieldProps & { name: string; label: string; list?: string }
  >,
) {
  return (
    <div class="field-block">
      <label for={name}>{label}</label>
      <p id={`${name}-hint`} class="hint">{children}</p>
      <FieldProblem problem={problem} />
      <input
        id={name}
        type="text"
        name={name}
        value={value}
        list={list}
        maxlength={120}
        autocomplete="off"
        spellcheck={false}
        {...problemProps(problem, `${name}-hint`)}
      />
    </div>
  );
}

function Sources({ value, problem }: FieldProps) {
  return (
    <div class="field-block">
      <label for="sources">Sources of an upstream system</label>
      <p id="sources-hint" class="hint">
        The beginnings of those for which it speaks, one on each line, such as /backlot/. Left
        empty, it speaks for every source.
      </p>
      <FieldProblem problem={problem} />
      <textarea
        id="sources"
        name="sources"
        rows={3}
        spellcheck={false}
        {...problemProps(problem, "sources-hint")}
      >
        {value}
      </textarea>
    </div>
  );
}

/** A key, this once. */
export function ShownKeyPage(
  { shell, wanted, key, baseUrl }: {
    shell: Shell;
    wanted: WantedKey;
    key: string;
    baseUrl: string;
  },
) {
  const isDirectory = wanted.purpose === "directory";
  return (
    <Page shell={shell} title={`The key of ${wanted.name}`}>
      <div class="prose">
        <h1>The key of {wanted.name}</h1>
        <p>It is shown only now. Whoever has it can do what it is for, so hand it over safely.</p>
        <div class="field-block">
          <label for="key">Key</label>
          <textarea id="key" rows={2} readonly spellcheck={false}>{key}</textarea>
          <p>
            <button type="button" data-copy="#key" hidden>Copy</button> <output for="key"></output>
          </p>
        </div>
        <p>
          {isDirectory ? "The directory asks " : "The system posts events to "}
          <code>{`${baseUrl}${isDirectory ? "/scim/v2" : "/api/events"}`}</code>
          {isDirectory ? " with it, as a bearer token." : (
            <>
              {" "}with it, as <a href="/docs">the documentation</a> shows.
            </>
          )}
        </p>
        <div class="actions">
          <a class="button" href="/keys">To all keys</a>
        </div>
      </div>
    </Page>
  );
}

/** Asks before a key is revoked, and says what that means. */
export function RevocationPage({ shell, ...props }: KeyProps & { shell: Shell }) {
  const { id, name, account } = props.of;
  return (
    <Page shell={shell} title={`Revoke ${name}`}>
      <div class="prose">
        <h1>Revoke {name}</h1>
        <p>
          {account
            ? `Within five seconds the directory of ${account.name} is refused: nobody is provisioned or deactivated by it any more.`
            : "Within five seconds whatever is posted with it is refused, and nobody is told of it."}
          {" "}
          That cannot be undone; another key can be made.
        </p>
        <p class="hint">
          <Use {...props} />
        </p>
        <form
          class="actions"
          method="post"
          action={`/keys/${encodeURIComponent(id)}/revocation?_method=PUT`}
        >
          <a class="button" href="/keys">Cancel</a>
          <button type="submit" class="danger">Revoke</button>
        </form>
      </div>
    </Page>
  );
}
