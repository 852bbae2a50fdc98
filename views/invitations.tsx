import type { Role } from "../domain/catalogue.ts";
import type { Problem } from "../domain/errors.ts";
import type { Answer, Outcome } from "../domain/invitations.ts";
import { counted } from "./counted.ts";
import { type Managed, pathOfPerson } from "./managed.ts";
import { Page, type Shell } from "./page.tsx";
import type { Preparations } from "./preparations.tsx";
import { RoleBoxes } from "./role_boxes.tsx";
import { Table } from "./table.tsx";

interface InvitationsProps {
  shell: Shell;
  managed: Managed;
  mostInvited: number;
  preparations: Preparations;
  /** What was typed and ticked, and why it was no use. */
  people?: string;
  roles?: Role[];
  problem?: Problem;
}

/** The form that invites several people at once. */
export function InvitationsPage(props: InvitationsProps) {
  const { shell, managed, mostInvited, people = "", problem } = props;
  return (
    <Page shell={shell} title="Invite people">
      <form
        class="prose"
        method="post"
        action={`${managed.path}/invitations`}
        enctype="multipart/form-data"
      >
        <p class="back">
          <a href={managed.path}>People</a>
        </p>
        <h1>Invite people to {managed.account.name}</h1>
        <p>
          Each gets an email that leads to the sign-in page. Inviting somebody twice changes
          nothing.
        </p>
        <div class="field-block">
          <label for="people">Email addresses</label>
          <p id="people-hint" class="hint">
            One on each line, with a name if you like: Ana Ruiz &lt;ana@example.com&gt;. At most
            {" "}
            {mostInvited} at a time.
          </p>
          {problem && <p id="people-problem" class="problem" role="alert">{problem.message}</p>}
          <textarea
            id="people"
            name="people"
            rows={6}
            spellcheck={false}
            aria-invalid={problem ? "true" : undefined}
            aria-describedby={problem ? "people-problem people-hint" : "people-hint"}
            autofocus={problem !== undefined}
          >
            {people}
          </textarea>
        </div>
        <div class="field-block">
          <label for="file">Or a table from a file (CSV)</label>
          <p id="file-hint" class="hint">
            With a column of addresses and, if you like, one of names.
          </p>
          <input
            id="file"
            name="file"
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            aria-describedby="file-hint"
          />
        </div>
        <RolesField {...props} />
        <div class="actions">
          <a class="button" href={managed.path}>Cancel</a>
          <button type="submit" class="primary">Invite</button>
        </div>
      </form>
    </Page>
  );
}

function RolesField({ managed, preparations, roles: chosen = [] }: InvitationsProps) {
  return (
    <fieldset class="field-block">
      <legend>Roles of all of them</legend>
      <RoleBoxes
        profile={managed.account.profile}
        chosen={chosen}
        countPrepared={(role) => preparations.get(role)?.length ?? 0}
      />
    </fieldset>
  );
}

/** What became of each line. */
export function InvitedPage(
  { shell, managed, answers }: { shell: Shell; managed: Managed; answers: Answer[] },
) {
  const invited = answers.filter(({ outcome }) => outcome === "invited").length;
  return (
    <Page shell={shell} title="Invitations">
      <section class="panel narrow" aria-labelledby="invited-heading">
        <header class="panel-head">
          <div>
            <p class="back">
              <a href={managed.path}>People</a>
            </p>
            <h1 id="invited-heading">
              {invited === 0
                ? "Nobody was invited"
                : `${counted(invited, "invitation")} on the way`}
            </h1>
            {invited < answers.length && (
              <p class="panel-note">
                {counted(answers.length - invited, "line")} led to none, as said below.
              </p>
            )}
          </div>
          <a class="button" href={`${managed.path}/invitations`}>Invite more</a>
        </header>
        <Table headings={["Line", "Address", "Answer"]}>
          {answers.map((answer) => (
            <tr>
              <td>{answer.line}</td>
              <AnswerCells answer={answer} managed={managed} />
            </tr>
          ))}
        </Table>
      </section>
    </Page>
  );
}

function AnswerCells({ answer, managed }: { answer: Answer; managed: Managed }) {
  if (answer.outcome === "malformed") {
    return <td colspan={2} class="failed">{answer.why}</td>;
  }
  const { email, id, outcome } = answer;
  return (
    <>
      <th scope="row" class="person-email">
        {id ? <a href={pathOfPerson(managed, id)}>{email}</a> : email}
      </th>
      <td>{outcomes[outcome]}</td>
    </>
  );
}

const outcomes: Record<Outcome, string> = {
  invited: "Invited",
  exists: "Was here already",
  deactivated: "Was here and is deactivated: reactivate instead",
  elsewhere: "Cannot be invited: the address belongs to a user of another account",
  repeated: "Stands further up as well",
};
