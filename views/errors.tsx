import { AlertPartial } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";

/** A page that says what happened, what it means, and where to go from here. */
export function ErrorPage({ shell, title, text }: { shell: Shell; title: string; text: string }) {
  return (
    <Page shell={shell} title={title}>
      <div class="prose">
        <h1>{title}</h1>
        <p>{text}</p>
        <p>
          {shell.viewer
            ? <a href="/notifications">Go to the notification settings</a>
            : <a href="/sign-in">Sign in</a>}
        </p>
      </div>
    </Page>
  );
}

/** The same within a page that stays: swapped in beside what was asked, which keeps its place. */
export function ErrorFragment(
  { text, existing, inWindow }: { text: string; existing?: number; inWindow: boolean },
) {
  return (
    <AlertPartial inWindow={inWindow}>
      {text}
      {existing !== undefined && (
        <>
          {" "}
          <a href={`/notifications/${existing}`}>Go to that one</a>
        </>
      )}
    </AlertPartial>
  );
}
