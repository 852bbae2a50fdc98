import { LastNote } from "./coverage.tsx";
import { type Managed, pathOfPerson } from "./managed.ts";
import { Page, type Shell } from "./page.tsx";

/** Asks before somebody is deactivated, and says what that means. */
export function DeactivationPage(
  { shell, managed, person, last }: {
    shell: Shell;
    managed: Managed;
    person: { id: string; name: string; email: string };
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
