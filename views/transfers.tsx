import type { Problem } from "../domain/errors.ts";
import { notificationSentence } from "../domain/sentences.ts";
import { type Entry, longestTransfer, mostBrought } from "../domain/transfers.ts";
import { counted, numberText } from "./counted.ts";
import { Page, type Shell } from "./page.tsx";
import { Table } from "./table.tsx";

interface ImportProps {
  shell: Shell;
  /** What was pasted, and why it was no use. */
  text?: string;
  problem?: Problem;
}

/** Asks for a file of notifications. */
export function ImportPage({ shell, text = "", problem }: ImportProps) {
  return (
    <Page shell={shell} title="Import notifications">
      <form
        class="prose"
        method="post"
        action="/notifications/import/report"
        enctype="multipart/form-data"
      >
        <p class="back">
          <a href="/schedule">When mail comes</a>
        </p>
        <h1>Import notifications</h1>
        <p>
          Bring Custom notifications from a file that Callboard wrote. You see first what would
          become of each; what you have already is not doubled.
        </p>
        <div class="field-block">
          <label for="file">File (JSON)</label>
          <p id="file-hint" class="hint">
            At most {numberText(mostBrought)} notifications and {longestTransfer / 1_000} KB.
          </p>
          <input
            id="file"
            name="file"
            type="file"
            accept=".json,application/json"
            aria-describedby={problem ? "text-problem file-hint" : "file-hint"}
          />
        </div>
        <div class="field-block">
          <label for="text">Or its text</label>
          {problem && <p id="text-problem" class="problem" role="alert">{problem.message}</p>}
          <textarea
            id="text"
            name="text"
            rows={6}
            spellcheck={false}
            aria-invalid={problem ? "true" : undefined}
            aria-describedby={problem ? "text-problem" : undefined}
            autofocus={problem !== undefined}
          >
            {text}
          </textarea>
        </div>
        <div class="actions">
          <a class="button" href="/schedule">Cancel</a>
          <button type="submit" class="primary">Look at it</button>
        </div>
      </form>
    </Page>
  );
}

interface ReportProps {
  shell: Shell;
  entries: Entry[];
  /** All of it once more, to be carried out. */
  text: string;
  attempt: string;
}

/** What would become of each notification of a file, and the way to do it. */
export function ReportPage({ shell, entries, text, attempt }: ReportProps) {
  const added = entries.filter(({ outcome }) => outcome === "new").length;
  return (
    <Page shell={shell} title="Import notifications">
      <section class="panel stack" aria-labelledby="report-heading">
        <p class="back">
          <a href="/notifications/import">Another file</a>
        </p>
        <h1 id="report-heading">{headline(added, entries.length)}</h1>
        {added > 0 && <ConfirmForm added={added} text={text} attempt={attempt} />}
        {entries.length > 0 && (
          <Table headings={["Entry", "Notification", "Answer"]}>
            {entries.map((entry) => <EntryRow entry={entry} />)}
          </Table>
        )}
      </section>
    </Page>
  );
}

function headline(added: number, all: number): string {
  if (all === 0) return "There is nothing in this file";
  if (added === 0) return "Nothing would be added";
  return `${numberText(added)} of ${counted(all, "notification")} would be added`;
}

/** The text travels unchanged only as a part of its own. */
function ConfirmForm(
  { added, text, attempt }: Omit<ReportProps, "shell" | "entries"> & { added: number },
) {
  return (
    <form method="post" action="/notifications/import" enctype="multipart/form-data">
      <input type="hidden" name="text" value={text} />
      <input type="hidden" name="attempt" value={attempt} />
      <p>They tell what happens from now on.</p>
      <div class="actions">
        <a class="button" href="/schedule">Cancel</a>
        <button type="submit" class="primary">Import {counted(added, "notification")}</button>
      </div>
    </form>
  );
}

function EntryRow({ entry }: { entry: Entry }) {
  const { number, outcome } = entry;
  if (outcome === "refused") {
    return (
      <tr>
        <td>{number}</td>
        <td colspan={2} class="failed">Refused: {entry.why}</td>
      </tr>
    );
  }
  const { brought } = entry;
  return (
    <tr>
      <td>{number}</td>
      <th scope="row">{notificationSentence(brought, { most: 5 })}{brought.muted && ", muted"}</th>
      <td>{answers[outcome]}</td>
    </tr>
  );
}

const answers = {
  new: "Will be added",
  there: "You have it already",
  repeated: "Stands further up as well",
};
