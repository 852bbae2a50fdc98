import { type ListedKey, paceText } from "../domain/keys.ts";
import { pathOfAccount } from "./account.tsx";
import { Message } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";
import { Table } from "./table.tsx";
import { dayInSentence, Moment, When } from "./times.tsx";

interface KeysProps {
  shell: Shell;
  keys: ListedKey[];
  /** The one that was just revoked. */
  revoked: ListedKey | undefined;
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
          <Table headings={["Name", "For", "Use"]} hasActions>
            {keys.map((key) => <KeyRow of={key} zone={zone} now={now} />)}
          </Table>
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

export interface KeyProps {
  of: ListedKey;
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
function Scope({ of: key }: { of: ListedKey }) {
  const { account, sources } = key;
  const pace = `at most ${paceText(key)}`;
  if (account) {
    return (
      <>
        People of <a dir="auto" href={pathOfAccount(account.id)}>{account.name}</a>, {pace}
      </>
    );
  }
  return <>Events {sources ? `from ${sources.join(", ")}` : "from every source"}, {pace}</>;
}

/** When a key was used, and until when it could be. */
export function Use({ of: { lastUsedAt, revokedAt }, zone, now }: KeyProps) {
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
