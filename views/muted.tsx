import type { Notification } from "../domain/notifications.ts";
import type { OptOut } from "../domain/opt_outs.ts";
import { type Silence, SilenceNote } from "./coverage.tsx";
import { type MuteProps, NewOnes, Sentences, SettingsLink } from "./mute.tsx";
import { Page } from "./page.tsx";

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
