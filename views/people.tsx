import { type Role, roles } from "../domain/catalogue.ts";
import type { Gap } from "../domain/gaps.ts";
import { Coverage } from "./coverage.tsx";
import { type Managed, pathOfPerson } from "./managed.ts";
import { Message } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";
import { PersonAction, PersonState } from "./person_state.tsx";
import { Table } from "./table.tsx";
import { dayInSentence, When } from "./times.tsx";

/** Where an admin's own people are. */
const ownPath = "/people";

interface Person {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  deactivatedAt: number | null;
  addressFailedAt: number | null;
  complainedAt: number | null;
  signedInAt: number | null;
}

interface PeopleProps {
  shell: Shell;
  /** The admin who looks. */
  user: { id: string; zone: string };
  managed: Managed;
  people: Person[];
  /** Null where nobody need hear about everything: at the studio. */
  gaps: Gap[] | null;
  done: { deactivated?: string; reactivated?: string; resumed?: string };
  now: number;
}

/** The people of an account: their roles, whether they get mail, and the way to end or resume it. */
export function PeoplePage(props: PeopleProps) {
  const { shell, user, managed, people, gaps, done, now } = props;
  const { account, path } = managed;
  return (
    <Page
      shell={shell}
      title="People"
      message={<DoneMessage people={people} done={done} />}
    >
      <section class="panel" aria-labelledby="people-heading">
        <header class="panel-head">
          <div>
            {path !== ownPath && (
              <p class="back">
                <a href={`/accounts/${encodeURIComponent(account.id)}`}>{account.name}</a>
              </p>
            )}
            <h1 id="people-heading">People</h1>
            <p class="panel-note">
              Everybody of{" "}
              {account.name}. Who left is deactivated: all mail and sign-in stop at once.{" "}
              <a href={`${path}/list.csv`} download>Download as CSV</a>{" "}
              {path === ownPath && <a href="/people/prepared">Prepared notifications</a>}{" "}
              <a href="/audit">Audit log</a>{" "}
              {account.profile === "studio" && <a href="/accounts">All accounts</a>}
            </p>
          </div>
          <a class="button primary" href={`${path}/invitations`}>Invite people</a>
        </header>
        {gaps && <Coverage account={account.name} gaps={gaps} />}
        <Table headings={["Name", "Roles", "State"]} hasActions>
          {people.map((person) => (
            <PersonRow
              person={person}
              managed={managed}
              isSelf={person.id === user.id}
              zone={user.zone}
              now={now}
            />
          ))}
        </Table>
      </section>
    </Page>
  );
}

function DoneMessage({ people, done }: Pick<PeopleProps, "people" | "done">) {
  const nameOf = (id?: string) => people.find((person) => person.id === id)?.name;
  const [deactivated, reactivated] = [nameOf(done.deactivated), nameOf(done.reactivated)];
  if (deactivated) return <Message>Deactivated: {deactivated} gets no mail any more</Message>;
  if (reactivated) {
    return <Message>Reactivated: {reactivated} gets mail again, from now on</Message>;
  }
  const resumed = nameOf(done.resumed);
  if (resumed) return <Message>Resumed: {resumed} gets mail again, from now on</Message>;
  return null;
}

interface PersonProps {
  person: Person;
  managed: Managed;
  isSelf: boolean;
  zone: string;
  now: number;
}

function PersonRow({ person, managed, isSelf, zone, now }: PersonProps) {
  return (
    <tr class={person.deactivatedAt === null ? undefined : "row-silent"}>
      <th scope="row">
        <a class="person-name" dir="auto" href={pathOfPerson(managed, person.id)}>
          {person.name}
        </a>
        <span class="person-email">{person.email}</span>
      </th>
      <td>{person.roles.map((role) => roles[role].label).join(", ") || "No role"}</td>
      <td>
        <PersonState person={person} managed={managed} zone={zone} now={now} />
        {person.deactivatedAt === null && (
          <LastSignIn at={person.signedInAt} zone={zone} now={now} />
        )}
      </td>
      <td class="person-action">
        {isSelf
          ? <span class="hint">You</span>
          : <PersonAction person={person} managed={managed} />}
      </td>
    </tr>
  );
}

function LastSignIn({ at, zone, now }: { at: number | null; zone: string; now: number }) {
  return (
    <p class="hint">
      {at === null ? "Never signed in" : (
        <>
          Signed in <When at={at} zone={zone} text={dayInSentence(at, zone, now)} />
        </>
      )}
    </p>
  );
}
