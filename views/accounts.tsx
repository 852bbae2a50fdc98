import type { PropsWithChildren } from "hono/jsx";
import { partnerProfiles } from "../domain/accounts.ts";
import { type Profile, profiles } from "../domain/catalogue.ts";
import type { Problem } from "../domain/errors.ts";
import { forecastDays } from "../domain/forecast.ts";
import { counted } from "./counted.ts";
import { Icon } from "./icons.tsx";
import { Message } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";
import { dayInSentence, When } from "./times.tsx";

interface Account {
  id: string;
  name: string;
  profile: Profile;
  active: number;
  admins: number;
  deactivated: number;
  emails: number;
  events: number;
  signedInAt: number | null;
}

/** Where an account's page stands. */
export function pathOfAccount(id: string): string {
  return `/accounts/${encodeURIComponent(id)}`;
}

interface AccountsProps {
  shell: Shell;
  accounts: Account[];
  query: string;
  /** How many come before the next page; null where this is the last one. */
  next: number | null;
}

/** Every account: what it does, who is there, what it gets. */
export function AccountsPage({ shell, accounts, query, next }: AccountsProps) {
  return (
    <Page shell={shell} title="Accounts">
      <section class="panel" aria-labelledby="accounts-heading">
        <header class="panel-head">
          <div>
            <h1 id="accounts-heading">Accounts</h1>
            <p class="panel-note">
              Partner companies, and the studio. Their people are invited and deactivated from here
              as well. <a href="/keys">Keys</a>
            </p>
          </div>
          <a class="button primary" href="/accounts/new">Add account</a>
        </header>
        <form class="search" role="search" action="/accounts">
          <Icon name="search" />
          <input
            type="search"
            name="q"
            value={query}
            aria-label="Search accounts"
            placeholder="Name, id, profile"
          />
          <button type="submit">Search</button>
        </form>
        {accounts.length === 0 ? <Nothing /> : <AccountTable accounts={accounts} />}
        {next !== null && (
          <p class="pages">
            <a href={`/accounts?q=${encodeURIComponent(query)}&from=${next}`}>More</a>
          </p>
        )}
      </section>
    </Page>
  );
}

function Nothing() {
  return (
    <div class="empty">
      <p class="empty-title">Nothing found</p>
      <p>
        Search for a part of a name, an id or a profile, or see <a href="/accounts">all of them</a>.
      </p>
    </div>
  );
}

function AccountTable({ accounts }: { accounts: Account[] }) {
  return (
    <table class="people">
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">People</th>
          <th scope="col">{`Mail of ${forecastDays} days`}</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr>
            <th scope="row">
              <a class="person-name" dir="auto" href={pathOfAccount(account.id)}>{account.name}</a>
              <span class="person-email">{profiles[account.profile]}, {account.id}</span>
            </th>
            <td>
              <a
                href={`${pathOfAccount(account.id)}/people`}
                aria-label={`${peopleText(account)} of ${account.name}`}
              >
                {peopleText(account)}
              </a>
            </td>
            <td>{counted(account.emails, "email")}</td>
            <td>
              <AccountState account={account} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function peopleText({ active, deactivated }: Account): string {
  const people = active === 1 ? "1 person" : `${active} people`;
  return deactivated === 0 ? people : `${people}, ${deactivated} deactivated`;
}

/** What the studio should know of an account before anything else. */
function AccountState({ account: { active, admins } }: { account: Account }) {
  if (active === 0) return <span class="failed">Nobody signs in</span>;
  if (admins === 0) return <span class="failed">Without an admin</span>;
  return <>Active</>;
}

interface AccountProps {
  shell: Shell;
  account: Account;
  done?: "added" | "renamed" | undefined;
  problem?: Problem | undefined;
  zone: string;
  now: number;
}

const doneText = {
  added: "Added. Invite its first admin next",
  renamed: "Renamed",
};

/** An account, with the ways to its people and its directory, and to another name. */
export function AccountPage({ shell, account, done, problem, zone, now }: AccountProps) {
  const path = pathOfAccount(account.id);
  const { signedInAt } = account;
  return (
    <Page
      shell={shell}
      title={account.name}
      message={done && <Message>{doneText[done]}</Message>}
    >
      <section class="panel narrow" aria-labelledby="account-heading">
        <header class="panel-head">
          <div>
            <p class="back">
              <a href="/accounts">Accounts</a>
            </p>
            <h1 id="account-heading" dir="auto">{account.name}</h1>
          </div>
          <a class="button primary" href={`${path}/people`}>People</a>
        </header>
        <dl class="facts">
          <Fact label="Id in events">
            <code>{account.id}</code>
          </Fact>
          <Fact label="Profile">{profiles[account.profile]}</Fact>
          <Fact label="State">
            <AccountState account={account} />
          </Fact>
          <Fact label="People">{peopleText(account)}, {counted(account.admins, "admin")}</Fact>
          <Fact label="Last sign-in">
            {signedInAt === null
              ? "None yet"
              : <When at={signedInAt} zone={zone} text={dayInSentence(signedInAt, zone, now)} />}
          </Fact>
          <Fact label={`The last ${forecastDays} days`}>
            {account.profile !== "studio" && `${counted(account.events, "event")}, `}
            {counted(account.emails, "email")} sent
          </Fact>
          <Fact label="Directory">
            <a href={`/keys/new?account=${encodeURIComponent(account.id)}`}>
              New key for provisioning by SCIM
            </a>
          </Fact>
        </dl>
        <form class="stack section" method="post" action={`${path}?_method=PUT`}>
          <NameField value={account.name} problem={problem} />
          <div class="actions">
            <button type="submit">Rename</button>
          </div>
        </form>
      </section>
    </Page>
  );
}

function Fact({ label, children }: PropsWithChildren<{ label: string }>) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

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
        <NameField value={name} problem={problemOf("name")} />
        <IdField value={id} problem={problemOf("id")} />
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

interface FieldProps {
  value: string;
  problem?: Problem | undefined;
}

function NameField({ value, problem }: FieldProps) {
  return (
    <div class="field-block">
      <label for="name">Name</label>
      <FieldProblem problem={problem} />
      <input
        id="name"
        type="text"
        name="name"
        value={value}
        maxlength={120}
        autocomplete="off"
        {...problemProps(problem)}
      />
    </div>
  );
}

function IdField({ value, problem }: FieldProps) {
  return (
    <div class="field-block">
      <label for="id">Id in events</label>
      <p id="id-hint" class="hint">
        As upstream systems name it, and for good. Left empty, it is made of the name.
      </p>
      <FieldProblem problem={problem} />
      <input
        id="id"
        type="text"
        name="id"
        value={value}
        maxlength={64}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        {...problemProps(problem, "id-hint")}
      />
    </div>
  );
}

/** What is wrong with a field, beside it. */
export function FieldProblem({ problem }: { problem?: Problem | undefined }) {
  if (!problem) return null;
  return <p id={`${problem.field}-problem`} class="problem" role="alert">{problem.message}</p>;
}

/** How a field says that something is wrong with it, and what else describes it. */
export function problemProps(problem: Problem | undefined, hint?: string) {
  const described = [problem && `${problem.field}-problem`, hint].filter(Boolean).join(" ");
  return {
    "aria-invalid": problem ? "true" as const : undefined,
    "aria-describedby": described || undefined,
    autofocus: problem !== undefined,
  };
}
