import { partnerProfiles } from "../domain/accounts.ts";
import type { Problem } from "../domain/errors.ts";
import { FieldProblem, TextField } from "./fields.tsx";
import { Page, type Shell } from "./page.tsx";

interface NewAccountProps {
  shell: Shell;
  typed?: { name: string; id: string; profile: string };
  problems?: Problem[];
}

/** The form that adds an account. */
export function NewAccountPage({ shell, typed, problems = [] }: NewAccountProps) {
  const problemOf = (field: string) => problems.find((each) => each.field === field);
  const { name = "", id = "", profile = "" } = typed ?? {};
  return (
    <Page shell={shell} title="Add account">
      <form class="prose" method="post" action="/accounts">
        <p class="back">
          <a href="/accounts">Accounts</a>
        </p>
        <h1>Add account</h1>
        <p>Its people are invited afterwards; an account admin among them goes on from there.</p>
        <TextField name="name" label="Name" value={name} problem={problemOf("name")} />
        <TextField
          name="id"
          label="Id in events"
          value={id}
          problem={problemOf("id")}
          maxlength={64}
          isCode
        >
          As upstream systems name it, and for good. Left empty, it is made of the name.
        </TextField>
        <fieldset class="field-block">
          <legend>Profile</legend>
          <FieldProblem problem={problemOf("profile")} />
          {partnerProfiles.map(({ id: value, label }) => (
            <label class="choice">
              <input type="radio" name="profile" value={value} checked={value === profile} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <div class="actions">
          <a class="button" href="/accounts">Cancel</a>
          <button type="submit" class="primary">Add account</button>
        </div>
      </form>
    </Page>
  );
}
