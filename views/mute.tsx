import type { MuteScope } from "../domain/links.ts";
import type { Notification } from "../domain/notifications.ts";
import { type OptOut, optOutText } from "../domain/opt_outs.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { LastNote, type Silence, SilenceNote } from "./coverage.tsx";
import { Page, type Shell } from "./page.tsx";

interface MuteProps {
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
function NewOnes() {
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

/** Says what was muted, with the way back. */
export function MutedPage(
  { shell, path, user, muted, change, optOut, silence }: MuteProps & {
    muted: Notification[];
    /** The change that did it, where it can be undone. */
    change: string | undefined;
    optOut: OptOut | undefined;
    silence: Silence;
  },
) {
  return (
    <Page shell={shell} title="Muted">
      <div class="prose">
        <h1>Muted</h1>
        {muted.length > 0
          ? (
            <>
              <p>{user.name} gets no more mail for:</p>
              <Sentences notifications={muted} />
              {optOut && <NewOnes />}
              <SilenceNote silence={silence} />
              <form method="post" action={`${path}/undo/${change}?_method=PUT`}>
                <button type="submit">Undo</button>
              </form>
            </>
          )
          : <MutedBefore path={path} optOut={optOut} />}
        <SettingsLink />
      </div>
    </Page>
  );
}

function MutedBefore({ path, optOut }: { path: string; optOut: OptOut | undefined }) {
  if (!optOut) return <p>It was muted already, or deleted. Nothing changed.</p>;
  return (
    <>
      <p>All of it was muted already, or deleted.</p>
      <NewOnes />
      <form method="post" action={`${path}?_method=DELETE`}>
        <button type="submit">Let new ones speak</button>
      </form>
    </>
  );
}

/** Says what is as it was before it was muted. */
export function UndonePage(
  { shell, user, restored }: Omit<MuteProps, "path"> & { restored: Notification[] },
) {
  return (
    <Page shell={shell} title="Undone">
      <div class="prose">
        <h1>Undone</h1>
        <p>As if nothing had been muted, {user.name} gets mail as before for:</p>
        <Sentences notifications={restored} />
        <SettingsLink />
      </div>
    </Page>
  );
}

/** Says what speaks again. */
export function UnmutedPage(
  { shell, user, restored, optOut }: Omit<MuteProps, "path"> & {
    restored: Notification[];
    optOut: OptOut | undefined;
  },
) {
  return (
    <Page shell={shell} title="Not muted any more">
      <div class="prose">
        <h1>Not muted any more</h1>
        {restored.length > 0
          ? (
            <>
              <p>From now on {user.name} gets mail again for:</p>
              <Sentences notifications={restored} />
            </>
          )
          : !optOut && <p>Nothing changed.</p>}
        {optOut && <p>What a new role or a new event type brings speaks again.</p>}
        <SettingsLink />
      </div>
    </Page>
  );
}

function Sentences(
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

function SettingsLink() {
  return (
    <p>
      <a href="/notifications">Go to the notification settings</a>
    </p>
  );
}
