import { browserInWords } from "../domain/browsers.ts";
import { Message } from "./messages.tsx";
import { Page, type Shell } from "./page.tsx";
import type { PastViewing } from "../domain/viewing.ts";
import { Table } from "./table.tsx";
import { Moment } from "./times.tsx";
import { PastViewings } from "./viewing.tsx";

interface Session {
  id: string;
  createdAt: number;
  seenAt: number;
  userAgent: string | null;
  isThis: boolean;
}

interface SessionsProps {
  shell: Shell;
  sessions: Session[];
  viewings: PastViewing[];
  /** What was just signed out. */
  ended: "one" | "others" | undefined;
  zone: string;
  now: number;
}

/** Where somebody is signed in, each with the way to sign out there. */
export function SessionsPage(
  { shell, sessions, viewings, ended, zone, now }: SessionsProps,
) {
  return (
    <Page
      shell={shell}
      title="Where you are signed in"
      message={ended && <Message>{endedText[ended]}</Message>}
    >
      <section class="panel" aria-labelledby="sessions-heading">
        <header class="panel-head">
          <div>
            <h1 id="sessions-heading">Where you are signed in</h1>
            <p class="panel-note">
              A browser is signed out by itself after 7 days without use, and after 30 days in any
              case.
            </p>
          </div>
          {sessions.length > 1 && <SignOutElsewhere />}
        </header>
        <Table headings={["Browser", "Signed in", "Use"]} hasActions>
          {sessions.map((session) => <SessionRow session={session} zone={zone} now={now} />)}
        </Table>
        <PastViewings viewings={viewings} zone={zone} now={now} />
      </section>
    </Page>
  );
}

const endedText = {
  one: "Signed out there.",
  others: "Signed out everywhere else.",
};

const hour = 3_600_000;

function SessionRow({ session, zone, now }: { session: Session; zone: string; now: number }) {
  const { id, createdAt, seenAt, userAgent, isThis } = session;
  const browser = browserInWords(userAgent);
  return (
    <tr>
      <th scope="row">
        <span class="person-name">{browser}</span>
        {isThis && <span class="person-email">This browser</span>}
      </th>
      <td>
        Since <Moment at={createdAt} zone={zone} now={now} />
      </td>
      <td>
        Last used {isThis || now - seenAt < hour
          ? "within the hour"
          : <Moment at={seenAt} zone={zone} now={now} />}
      </td>
      <td class="person-action">
        {!isThis && (
          <form method="post" action={`/sessions/${encodeURIComponent(id)}?_method=DELETE`}>
            <button type="submit" aria-label={`Sign out ${browser}`}>Sign out</button>
          </form>
        )}
      </td>
    </tr>
  );
}

function SignOutElsewhere() {
  return (
    <form method="post" action="/sessions/others?_method=DELETE">
      <button type="submit">Sign out everywhere else</button>
    </form>
  );
}
