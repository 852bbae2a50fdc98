import type { MuteScope } from "../domain/links.ts";
import type { Notification } from "../domain/notifications.ts";
import { type OptOut, optOutText } from "../domain/opt_outs.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { LastNote } from "./coverage.tsx";
import { Page, type Shell } from "./page.tsx";

export interface MuteProps {
  shell: Shell;
  /** Of this page, which its own forms post to. */
  path: string;
  user: { name: string; account: { name: string } };
}

interface MutePageProps extends MuteProps {
  user: MuteProps["user"] & { optOuts: OptOut[] };
  scope: MuteScope;
  covered: Notification[];
  /** The deadline types that nobody else of the account hears about. */
  last: string[];
  /** Where each notification is muted alone, by id. */
  alone: ReadonlyMap<number, string>;
  /** Where more is muted. */
  wider: ReadonlyMap<OptOut, string>;
}

/** Shows what a link from an email would mute; looking changes nothing. */
export function MutePage(props: MutePageProps) {
  const { shell, user, scope, covered, wider } = props;
  const open = covered.filter(({ mutedAt, mutedUntil }) => mutedAt === null || mutedUntil !== null);
  const optOut = "optOut" in scope ? scope.optOut : undefined;
  const isOptedOut = optOut !== undefined && user.optOuts.includes(optOut);
  const title = optOut ? `Mute ${optOutText(optOut)}` : "Mute from an email";
  return (
    <Page shell={shell} title={title}>
      <div class="prose">
        <h1>{title}</h1>
        {open.length > 0 || (optOut && !isOptedOut)
          ? <MuteForm {...props} {...{ open, optOut }} />
          : <MutedAlready path={props.path} muted={covered} isOptedOut={isOptedOut} />}
        <h2>Or mute</h2>
        <ul class="sentences">
          {[...wider].map(([optOut, path]) => (
            <li>
              <a href={path}>{capitalized(optOutText(optOut))}</a>
            </li>
          ))}
        </ul>
        <SettingsLink />
      </div>
    </Page>
  );
}

function MuteForm(
  { path, user, open, optOut, last, alone }: MutePageProps & {
    open: Notification[];
    optOut: OptOut | undefined;
  },
) {
  return (
    <>
      <p>
        {user.name} {open.length === 0
          ? "gets no such mail now."
          : open.length === 1
          ? "would get no more mail for this notification:"
          : `would get no more mail for these ${open.length} notifications:`}
      </p>
      <Sentences notifications={open} alone={alone} />
      {optOut === "everything-but-deadlines" && <p>What has a deadline still comes.</p>}
      {optOut && <NewOnes />}
      <LastNote name={user.name} account={user.account.name} types={last} />
      <form method="post" action={path}>
        <button type="submit" class="primary">Mute</button>
      </form>
      <p class="hint">It can be undone, here or in the notification settings.</p>
    </>
  );
}

/** What an opt-out does beyond what is there now. */
export function NewOnes() {
  return <p>What a new role or a new event type brings of it arrives muted, too.</p>;
}

/** Says that nothing is left to mute; what is muted can speak again, also long after it was muted. */
function MutedAlready(
  { path, muted, isOptedOut }: { path: string; muted: Notification[]; isOptedOut: boolean },
) {
  if (muted.length === 0 && !isOptedOut) {
    return <p>There is nothing left to mute: it was deleted.</p>;
  }
  return (
    <>
      <p>There is nothing left to mute. This is muted already:</p>
      <Sentences notifications={muted} />
      {isOptedOut && <NewOnes />}
      <form method="post" action={`${path}?_method=DELETE`}>
        {muted.map(({ id }) => <input type="hidden" name="id" value={id} />)}
        <button type="submit">Unmute</button>
      </form>
      <p class="hint">What happened while it was muted is not mailed later.</p>
    </>
  );
}

/** What is muted or would be, one sentence each. */
export function Sentences(
  { notifications, alone }: {
    notifications: Notification[];
    alone?: ReadonlyMap<number, string>;
  },
) {
  return (
    <ul class="sentences">
      {notifications.map((notification) => {
        const path = notifications.length > 1 && alone?.get(notification.id);
        return (
          <li>
            {notificationSentence(notification)} {path && <a href={path}>Only this one</a>}
          </li>
        );
      })}
    </ul>
  );
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The way to everything else. */
export function SettingsLink() {
  return (
    <p>
      <a href="/notifications">Go to the notification settings</a>
    </p>
  );
}
