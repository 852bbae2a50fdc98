import type { AccountStanding } from "../domain/accounts.ts";
import { profiles } from "../domain/catalogue.ts";
import { forecastDays } from "../domain/forecast.ts";
import { AccountState, pathOfAccount, peopleText } from "./account.tsx";
import { counted } from "./counted.ts";
import { Page, type Shell } from "./page.tsx";
import { PlainSearch } from "./search.tsx";
import { Table } from "./table.tsx";

interface AccountsProps {
  shell: Shell;
  accounts: AccountStanding[];
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
        <PlainSearch
          path="/accounts"
          query={query}
          label="Search accounts"
          hint="Name, id, profile"
        />
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

function AccountTable({ accounts }: { accounts: AccountStanding[] }) {
  return (
    <Table headings={["Account", "People", `Mail of ${forecastDays} days`, "State"]}>
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
    </Table>
  );
}
