import { type Profile, profiles, type Role, roles } from "../domain/catalogue.ts";
import { Page, type Shell } from "./page.tsx";

interface CastMember {
  id: string;
  name: string;
  roles: Role[];
  purpose?: string;
  account: { id: string; name: string; profile: Profile };
}

interface SignInProps {
  shell: Shell;
  /** Whether a provider signs people in too. */
  singleSignOn: boolean;
  cast: CastMember[];
  /** The path to go to afterwards. */
  next: string;
  /** The address of somebody who was invited. */
  email?: string | undefined;
}

/** Offers single sign-on where there is one, or asks for the address to send a link to; in the demo, offers its cast. */
export function SignInPage({ shell, singleSignOn, cast, next, email }: SignInProps) {
  return (
    <Page shell={shell} title="Sign in">
      <div class="sign-in">
        <h1>Sign in</h1>
        {singleSignOn && <SingleSignOn next={next} />}
        <form class="stack" method="post" action="/sign-in">
          <NextField next={next} />
          <label for="email">Email address</label>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            value={email}
            required
          />
          <div>
            <button type="submit" class={singleSignOn ? undefined : "primary"}>
              Email a sign-in link
            </button>
          </div>
        </form>
      </div>
      {cast.length > 0 && <Cast cast={cast} next={next} />}
    </Page>
  );
}

function SingleSignOn({ next }: { next: string }) {
  return (
    <>
      <p>
        <a class="button primary" href={`/sign-in/oidc?next=${encodeURIComponent(next)}`}>
          Sign in with single sign-on
        </a>
      </p>
      <p class="hint">Or by email:</p>
    </>
  );
}

/** Says that a link is on its way, whether or not it is. */
export function LinkSentPage(
  { shell, email, minutes }: { shell: Shell; email: string; minutes: number },
) {
  return (
    <Page shell={shell} title="Look into your mailbox">
      <div class="prose">
        <h1>Look into your mailbox</h1>
        <p>
          If <strong>{email}</strong> belongs to a user, a link is on its way. It works once, for
          {" "}
          {minutes} minutes, in this browser.
        </p>
        <p>
          <a href="/sign-in">Use another address</a>
        </p>
      </div>
    </Page>
  );
}

/** The page behind an emailed link: pressing its button is what signs in. */
export function UseLinkPage(
  { shell, token, next }: { shell: Shell; token: string; next: string },
) {
  return (
    <Page shell={shell} title="Sign in">
      <div class="sign-in">
        <h1>Sign in to Callboard</h1>
        <p>One more press, so that a program that reads your mail cannot use up the link.</p>
        <form method="post" action={`/sign-in/${token}`}>
          <NextField next={next} />
          <button type="submit" class="primary" autofocus>Sign in</button>
        </form>
      </div>
    </Page>
  );
}

function NextField({ next }: { next: string }) {
  return <input type="hidden" name="next" value={next} />;
}

function Cast({ cast, next }: { cast: CastMember[]; next: string }) {
  const accounts = Map.groupBy(cast, ({ account }) => account.id);
  return (
    <section class="cast" aria-labelledby="cast-heading">
      <h2 id="cast-heading">Or look through the eyes of somebody in the demo</h2>
      {[...accounts.values()].map((members) => (
        <CastAccount account={members[0]!.account} members={members} next={next} />
      ))}
    </section>
  );
}

function CastAccount(
  { account, members, next }: {
    account: CastMember["account"];
    members: CastMember[];
    next: string;
  },
) {
  return (
    <div class="cast-account">
      <h3>
        {account.name}
        <span class="hidden">,</span> <span class="cast-profile">{profiles[account.profile]}</span>
      </h3>
      <ul role="list">
        {members.map((member) => <CastRow member={member} next={next} />)}
      </ul>
    </div>
  );
}

function CastRow({ member, next }: { member: CastMember; next: string }) {
  return (
    <li class="cast-member">
      <form method="post" action={`/sign-in/as/${encodeURIComponent(member.id)}`}>
        <NextField next={next} />
        <button type="submit" class="quiet" aria-label={`Sign in as ${member.name}`}>
          {member.name}
        </button>
      </form>
      <p>
        <span class="cast-roles">{member.roles.map((role) => roles[role].label).join(", ")}</span>
        {member.purpose && <span class="cast-purpose">{member.purpose}</span>}
      </p>
    </li>
  );
}
