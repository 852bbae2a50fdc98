import type { AccountDetails, AccountStanding } from "../domain/accounts.ts";
import { profiles } from "../domain/catalogue.ts";
import type { Problem } from "../domain/errors.ts";
import { forecastDays } from "../domain/forecast.ts";
import { counted } from "./counted.ts";
import { Fact } from "./facts.tsx";
import { TextField } from "./fields.tsx";
import { Message } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";
import { Moment } from "./times.tsx";

/** Where an account's page stands. */
export function pathOfAccount(id: string): string {
  return `/accounts/${encodeURIComponent(id)}`;
}

interface AccountProps {
  shell: Shell;
  account: AccountDetails;
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
            {signedInAt === null ? "None yet" : <Moment at={signedInAt} zone={zone} now={now} />}
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
          <TextField name="name" label="Name" value={account.name} problem={problem} />
          <div class="actions">
            <button type="submit">Rename</button>
          </div>
        </form>
      </section>
    </Page>
  );
}

/** How many people an account has. */
export function peopleText({ active, deactivated }: AccountStanding): string {
  const people = active === 1 ? "1 person" : `${active} people`;
  return deactivated === 0 ? people : `${people}, ${deactivated} deactivated`;
}

/** What the studio should know of an account before anything else. */
export function AccountState({ account: { active, admins } }: { account: AccountStanding }) {
  if (active === 0) return <span class="failed">Nobody signs in</span>;
  if (admins === 0) return <span class="failed">Without an admin</span>;
  return <>Active</>;
}
