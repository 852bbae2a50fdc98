import type { Problem } from "../domain/errors.ts";
import { type TypedKey, usualPace, type WantedKey } from "../domain/keys.ts";
import { LinesField, TextField } from "./fields.tsx";
import { Page, type Shell } from "./page.tsx";

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
        <TextField name="name" label="Name" value={typed.name} problem={problemOf("name")}>
          Of the system that will use it. The audit log names it.
        </TextField>
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
        <LinesField
          name="sources"
          label="Sources of an upstream system"
          value={typed.sources}
          problem={problemOf("sources")}
        >
          The beginnings of those for which it speaks, one on each line, such as /backlot/. Left
          empty, it speaks for every source.
        </LinesField>
        <TextField
          name="account"
          label="Account of a directory"
          value={typed.account}
          problem={problemOf("account")}
          list="accounts"
          isCode
        >
          Its id. The key reaches nobody of any other account.
        </TextField>
        <datalist id="accounts">
          {accounts.map(({ id, name }) => <option value={id}>{name}</option>)}
        </datalist>
        <TextField
          name="perSecond"
          label="Requests a second"
          value={typed.perSecond}
          problem={problemOf("perSecond")}
        >
          {`At most, and ten times as many at once. Left empty: ${
            usualPace.events.toLocaleString("en")
          } for events, ${usualPace.directory} for a directory.`}
        </TextField>
        <div class="actions">
          <a class="button" href="/keys">Cancel</a>
          <button type="submit" class="primary">Make key</button>
        </div>
      </form>
    </Page>
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
