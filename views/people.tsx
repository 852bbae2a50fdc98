import { type Profile, type Role, roles } from "../domain/catalogue.ts";
import type { Gap } from "../domain/gaps.ts";
import { Coverage, LastNote } from "./coverage.tsx";
import { Message } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";
import { dayInSentence, When } from "./times.tsx";

/** Whose people are managed, and where the pages for that stand. */
export interface Managed {
  account: { id: string; name: string; profile: Profile };
  path: string;
}

/** Where an admin's own people are. */
const ownPath = "/people";

/** Where somebody's page stands among them. */
export function pathOfPerson({ path }: Pick<Managed, "path">, id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}

interface Person {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  deactivatedAt: number | null;
  addressFailedAt: number | null;
  complainedAt: number | null;
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
        <table class="people">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Roles</th>
              <th scope="col">State</th>
              <th scope="col">
                <span class="hidden">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <PersonRow
                person={person}
                managed={managed}
                isSelf={person.id === user.id}
                zone={user.zone}
                now={now}
              />
            ))}
          </tbody>
        </table>
      </section>
    </Page>
  );
}

/** Asks before somebody is deactivated, and says what that means. */
export function DeactivationPage(
  { shell, managed, person, last }: {
    shell: Shell;
    managed: Managed;
    person: Person;
    /** The deadline types that nobody else hears about. */
    last: string[];
  },
) {
  return (
    <Page shell={shell} title={`Deactivate ${person.name}`}>
      <div class="prose">
        <h1>Deactivate {person.name}</h1>
        <p>
          All mail to {person.email}{" "}
          stops at once, what is waiting to be sent included, and every session ends. Reactivating
          is possible at any time; mail then comes from that moment on.
        </p>
        <LastNote name={person.name} account={managed.account.name} types={last} />
        <form
          class="actions"
          method="post"
          action={`${pathOfPerson(managed, person.id)}/deactivation?_method=PUT`}
        >
          <a class="button" href={managed.path}>Cancel</a>
          <button type="submit" class="danger">Deactivate</button>
        </form>
      </div>
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

interface StateProps {
  managed: Managed;
  person: Pick<Person, "id" | "name" | "deactivatedAt" | "addressFailedAt" | "complainedAt">;
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
      </td>
      <td class="person-action">
        {isSelf
          ? <span class="hint">You</span>
          : <PersonAction person={person} managed={managed} />}
      </td>
    </tr>
  );
}

/** Whether somebody gets mail, and if not, why. */
export function PersonState({ person, managed, zone, now }: StateProps) {
  const { deactivatedAt, addressFailedAt, complainedAt } = person;
  if (deactivatedAt !== null) {
    return (
      <>
        Deactivated{" "}
        <When at={deactivatedAt} zone={zone} text={dayInSentence(deactivatedAt, zone, now)} />
      </>
    );
  }
  if (addressFailedAt === null) return <>Active</>;
  return (
    <>
      <span class="failed">
        {complainedAt === null ? "Address takes no mail" : "Marked our mail as spam"}
      </span>
      <ResumeMail person={person} managed={managed} />
    </>
  );
}

/** The way to try an address again that was mended, or that wants our mail after all. */
function ResumeMail({ person: { id, name }, managed }: Pick<StateProps, "person" | "managed">) {
  return (
    <form method="post" action={`${pathOfPerson(managed, id)}/address-failure?_method=DELETE`}>
      <button type="submit" aria-label={`Resume mail to ${name}`}>Resume mail</button>
    </form>
  );
}

/** The way to end, or to resume, mail and sign-in. */
export function PersonAction(
  { person, managed }: {
    person: Pick<Person, "id" | "name" | "deactivatedAt">;
    managed: Managed;
  },
) {
  const path = `${pathOfPerson(managed, person.id)}/deactivation`;
  if (person.deactivatedAt === null) {
    return <a class="button" href={path} aria-label={`Deactivate ${person.name}`}>Deactivate</a>;
  }
  return (
    <form method="post" action={`${path}?_method=DELETE`}>
      <button type="submit" aria-label={`Reactivate ${person.name}`}>Reactivate</button>
    </form>
  );
}
