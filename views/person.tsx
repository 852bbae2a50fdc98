import { type Role, roles } from "../domain/catalogue.ts";
import { type EmailStanding, emailStates } from "../domain/email_states.ts";
import { forecastDays } from "../domain/forecast.ts";
import type { Gap } from "../domain/gaps.ts";
import type { Amount } from "../domain/noise.ts";
import type { MailTimes } from "../domain/schedule.ts";
import { counted } from "./counted.ts";
import { Coverage, LastNote } from "./coverage.tsx";
import { Fact } from "./facts.tsx";
import type { Managed } from "./managed.ts";
import { Message } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";
import { PersonAction, PersonState } from "./person_state.tsx";
import { RoleBoxes } from "./role_boxes.tsx";
import { dayInSentence, hourText, Moment, When } from "./times.tsx";
import { ViewAsForm } from "./viewing.tsx";
import { WhatIfBox, type WhatIfProps } from "./what_if.tsx";

interface Person extends MailTimes {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  zoneConfirmedAt: number | null;
  pausedUntil: number | null;
  deactivatedAt: number | null;
  addressFailedAt: number | null;
  complainedAt: number | null;
  signedInAt: number | null;
  createdAt: number;
  /** What is prepared for roles that they never held. */
  preparations: readonly { role: Role }[];
  mail: Amount;
  undelivered: {
    count: number;
    latest: { id: string; composedAt: number; state: EmailStanding }[];
  };
}

export interface PersonProps {
  shell: Shell;
  /** Of this page. */
  path: string;
  person: Person;
  managed: Managed;
  isSelf: boolean;
  /** Whether whoever looks may see what the person sees. */
  mayViewAs: boolean;
  /** The roles that are ticked. */
  chosen: Role[];
  what: WhatIfProps["what"];
  /** Deadline types that reach nobody, and that this person could hear about. */
  gaps: Gap[];
  /** Deadline types that only this person hears about. */
  last: string[];
  done?: "roles" | undefined;
  /** The zone of the admin who looks. */
  zone: string;
  now: number;
}

/** A person as an admin sees them: who they are, what mail they get, and which roles they hold. */
export function PersonPage(props: PersonProps) {
  const { shell, person, managed, isSelf, mayViewAs, gaps, last, done } = props;
  return (
    <Page
      shell={shell}
      title={person.name}
      message={done && <Message>Saved: {rolesText(person.roles)}</Message>}
    >
      <section class="panel narrow" aria-labelledby="person-heading">
        <header class="panel-head">
          <div>
            <p class="back">
              <a href={managed.path}>People</a>
            </p>
            <h1 id="person-heading" dir="auto">{person.name}</h1>
          </div>
          {!isSelf && (
            <div class="actions">
              {mayViewAs && person.deactivatedAt === null && <ViewAsForm person={person} />}
              <PersonAction person={person} managed={managed} />
            </div>
          )}
        </header>
        <Facts {...props} />
        <LastNote name={person.name} account={managed.account.name} types={last} />
        {gaps.length > 0 && <Coverage account={managed.account.name} gaps={gaps} />}
        <RolesForm {...props} />
      </section>
    </Page>
  );
}

function Facts({ person, managed, zone, now }: PersonProps) {
  const { signedInAt, mail, createdAt } = person;
  const day = (at: number) => <When at={at} zone={zone} text={dayInSentence(at, zone, now)} />;
  return (
    <dl class="facts">
      <Fact label="Email address">
        <span dir="ltr">{person.email}</span>
      </Fact>
      <Fact label="State">
        <PersonState person={person} managed={managed} zone={zone} now={now} />
        {isPaused(person, now) && <>, mail is paused until {day(person.pausedUntil!)}</>}
      </Fact>
      <Fact label="With us since">{day(createdAt)}</Fact>
      <Fact label="Last sign-in">
        {signedInAt === null ? "None yet" : <Moment at={signedInAt} zone={zone} now={now} />}
      </Fact>
      <Fact label="Time zone">
        {person.zone}
        {person.zoneConfirmedAt === null && ", a guess so far"}. Digests come at{" "}
        {hourText(person.digestHour)}.
      </Fact>
      <Fact label={`Mail of ${forecastDays} days`}>
        {counted(mail.emails, "email")}, telling {counted(mail.events, "event")}
      </Fact>
      <Fact label="Did not arrive">
        <Undelivered person={person} zone={zone} now={now} />
      </Fact>
    </dl>
  );
}

function isPaused({ pausedUntil }: Person, now: number): boolean {
  return pausedUntil !== null && pausedUntil > now;
}

function Undelivered(
  { person: { undelivered }, zone, now }: Pick<PersonProps, "person" | "zone" | "now">,
) {
  const { count, latest } = undelivered;
  if (count === 0) return <>Nothing</>;
  return (
    <>
      {counted(count, "email")}: {latest.map(({ state, composedAt }, index) => (
        <>
          {index > 0 && ", "}
          {emailStates[state].toLowerCase()} <Moment at={composedAt} zone={zone} now={now} />
        </>
      ))}
      {count > latest.length && ", and earlier ones"}
    </>
  );
}

/** The roles to tick. What was held when the page was made goes along, so that nobody overwrites what they did not see. */
function RolesForm({ person, managed, chosen, what, path }: PersonProps) {
  const countPrepared = (role: Role) =>
    person.roles.includes(role)
      ? 0
      : person.preparations.filter((each) => each.role === role).length;
  return (
    <form
      class="stack section"
      method="post"
      action={`${path}/roles?_method=PUT`}
      hx-get={path}
      hx-trigger="change"
      hx-target="#what-if"
      hx-swap="outerMorph"
      hx-sync="this:replace"
    >
      <input type="hidden" name="held" value={person.roles.join(" ")} />
      <fieldset class="plain stack">
        <legend>Roles</legend>
        <RoleBoxes
          profile={managed.account.profile}
          chosen={chosen}
          countPrepared={countPrepared}
        />
      </fieldset>
      <WhatIfBox path={path} name={person.name} account={managed.account.name} what={what} />
    </form>
  );
}

function rolesText(held: Role[]): string {
  return held.map((role) => roles[role].label).join(", ") || "no role";
}
