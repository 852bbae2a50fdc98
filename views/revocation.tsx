import { type KeyProps, Use } from "./keys.tsx";
import { Page, type Shell } from "./page.tsx";

/** Asks before a key is revoked, and says what that means. */
export function RevocationPage({ shell, ...props }: KeyProps & { shell: Shell }) {
  const { id, name, account } = props.of;
  return (
    <Page shell={shell} title={`Revoke ${name}`}>
      <div class="prose">
        <h1>Revoke {name}</h1>
        <p>
          {account
            ? `Within five seconds the directory of ${account.name} is refused: nobody is provisioned or deactivated by it any more.`
            : "Within five seconds whatever is posted with it is refused, and nobody is told of it."}
          {" "}
          That cannot be undone; another key can be made.
        </p>
        <p class="hint">
          <Use {...props} />
        </p>
        <form
          class="actions"
          method="post"
          action={`/keys/${encodeURIComponent(id)}/revocation?_method=PUT`}
        >
          <a class="button" href="/keys">Cancel</a>
          <button type="submit" class="danger">Revoke</button>
        </form>
      </div>
    </Page>
  );
}
