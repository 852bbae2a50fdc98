import { Page, type Shell } from "./page.tsx";

/** Says that the provider did not vouch for whoever came back, whatever the reason. */
export function RefusedPage({ shell, next = "/" }: { shell: Shell; next?: string }) {
  return (
    <Page shell={shell} title="Not signed in">
      <div class="prose">
        <h1>Not signed in</h1>
        <p>
          What came back from single sign-on could not be relied upon: it took too long, began in
          another browser, was broken off, or was not meant for Callboard. Begin again, in this
          browser.
        </p>
        <Ways next={next} />
      </div>
    </Page>
  );
}

/** Says that there is nobody for the identity, without telling which of all reasons holds. */
export function UnknownPersonPage({ shell }: { shell: Shell }) {
  return (
    <Page shell={shell} title="Not signed in">
      <div class="prose">
        <h1>Not signed in</h1>
        <p>
          Single sign-on knows you, but no active user of Callboard has an address that it has
          verified for you. An admin of your account can tell which address that is, and invite you.
        </p>
        <p>
          <a href="/sign-in">Sign in another way</a>
        </p>
      </div>
    </Page>
  );
}

/** Says that the provider does not answer. */
export function ProviderAwayPage({ shell, next }: { shell: Shell; next: string }) {
  return (
    <Page shell={shell} title="Single sign-on does not answer">
      <div class="prose">
        <h1>Single sign-on does not answer</h1>
        <p>
          That is the service where your company signs you in; Callboard itself works. Try again in
          a moment, or let an email sign you in.
        </p>
        <Ways next={next} />
      </div>
    </Page>
  );
}

/** Says that the browser goes on to sign out of the provider, and leads there. */
export function SigningOutPage({ shell, address }: { shell: Shell; address: string }) {
  return (
    <Page shell={shell} title="Signed out">
      <div class="prose">
        <h1>Signed out of Callboard</h1>
        <p>
          Single sign-on is next: <a href={address}>Sign out there too</a>
        </p>
      </div>
    </Page>
  );
}

function Ways({ next }: { next: string }) {
  const query = `?next=${encodeURIComponent(next)}`;
  return (
    <>
      <p>
        <a href={`/sign-in/oidc${query}`}>Try again</a>
      </p>
      <p>
        <a href={`/sign-in${query}`}>Sign in by email</a>
      </p>
    </>
  );
}
