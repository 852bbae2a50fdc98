import { AlertPartial } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";

/** Where to go from an error; elsewhere than here, where what was typed would be lost. */
export interface WayOut {
  href: string;
  label: string;
  elsewhere?: boolean;
}

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
export function ErrorFragment({ text, way }: { text: string; way?: WayOut }) {
  return (
    <AlertPartial>
      {text}
      {way && (
        <>
          {" "}
          <a href={way.href} target={way.elsewhere ? "_blank" : undefined}>{way.label}</a>
        </>
      )}
    </AlertPartial>
  );
}
