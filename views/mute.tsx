import type { MuteScope } from "../domain/links.ts";
import type { Notification } from "../domain/notifications.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { LastNote, type Silence, SilenceNote } from "./coverage.tsx";
import { Page, type Shell } from "./page.tsx";

interface MuteProps {
  shell: Shell;
  /** Of this page, which its own forms post to. */
  path: string;
  user: { name: string; account: { name: string } };
}

/** Shows what a link from an email would mute; looking changes nothing. */
export function MutePage(
  { shell, path, user, scope, covered, last }: MuteProps & {
    scope: MuteScope;
    covered: Notification[];
    /** The deadline types that nobody else of the account hears about. */
    last: string[];
  },
) {
  const open = covered.filter(({ mutedAt, mutedUntil }) => mutedAt === null || mutedUntil !== null);
  const title = "frequency" in scope ? `Mute all ${scope.frequency} mail` : "Mute from an email";
  return (
    <Page shell={shell} title={title}>
      <div class="prose">
        <h1>{title}</h1>
        {open.length > 0
          ? (
            <>
              <p>
                {user.name} would get no more mail for{" "}
                {open.length === 1 ? "this notification" : `these ${open.length} notifications`}:
              </p>
              <Sentences notifications={open} />
              <LastNote name={user.name} account={user.account.name} types={last} />
              <form method="post" action={path}>
                <button type="submit" class="primary">Mute</button>
              </form>
              <p class="hint">It can be undone, here or in the notification settings.</p>
            </>
          )
          : <MutedAlready path={path} muted={covered} />}
        <SettingsLink />
      </div>
    </Page>
  );
}

/** Says that nothing is left to mute; what is muted can speak again, also long after it was muted. */
function MutedAlready({ path, muted }: { path: string; muted: Notification[] }) {
  if (muted.length === 0) return <p>There is nothing left to mute: it was deleted.</p>;
  return (
    <>
      <p>There is nothing left to mute. This is muted already:</p>
      <Sentences notifications={muted} />
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
  { shell, path, user, muted, change, silence }: MuteProps & {
    muted: Notification[];
    /** The change that did it, where it can be undone. */
    change: string | undefined;
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
              <SilenceNote silence={silence} />
              <form method="post" action={`${path}/undo/${change}?_method=PUT`}>
                <button type="submit">Undo</button>
              </form>
            </>
          )
          : <p>It was muted already, or deleted. Nothing changed.</p>}
        <SettingsLink />
      </div>
    </Page>
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
  { shell, user, restored }: Omit<MuteProps, "path"> & { restored: Notification[] },
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
          : <p>Nothing changed.</p>}
        <SettingsLink />
      </div>
    </Page>
  );
}

function Sentences({ notifications }: { notifications: Notification[] }) {
  return (
    <ul class="sentences">
      {notifications.map((notification) => <li>{notificationSentence(notification)}</li>)}
    </ul>
  );
}

function SettingsLink() {
  return (
    <p>
      <a href="/notifications">Go to the notification settings</a>
    </p>
  );
}
