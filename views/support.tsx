import type { Problem } from "../domain/errors.ts";
import type { ContextPart } from "../domain/support.ts";
import { Page, type Shell } from "./page.tsx";

interface SupportProps {
  shell: Shell;
  /** What the request will be called; sent twice it is still one. */
  reference: string;
  /** The page that it is about. */
  page: string;
  context: ContextPart[];
  mostWords: number;
  /** What was written and could not be sent. */
  words?: string;
  problem?: Problem | undefined;
}

/** The form for a request to support, with everything that goes with it in sight. */
export function SupportPage(props: SupportProps) {
  const { shell, reference, page, context, mostWords, words = "", problem } = props;
  return (
    <Page shell={shell} title="Submit a request">
      <form class="prose" method="post" action="/support">
        <h1>Submit a request</h1>
        <p>Support answers by email, to the address that your notifications go to.</p>
        <input type="hidden" name="reference" value={reference} />
        <input type="hidden" name="page" value={page} />
        <div class="field-block">
          <label for="words">What is the matter</label>
          {problem && <p id="words-problem" class="problem" role="alert">{problem.message}</p>}
          <textarea
            id="words"
            name="words"
            rows={8}
            maxlength={mostWords}
            required
            aria-invalid={problem ? "true" : undefined}
            aria-describedby={problem ? "words-problem" : undefined}
          >
            {words}
          </textarea>
        </div>
        <section class="stack" aria-labelledby="context-heading">
          <h2 id="context-heading">This goes with it</h2>
          <dl class="context">
            {context.map(({ label, lines }) => (
              <>
                <dt>{label}</dt>
                {lines.map((line) => <dd>{line}</dd>)}
              </>
            ))}
          </dl>
        </section>
        <div class="actions">
          <a class="button" href={page}>Cancel</a>
          <button type="submit" class="primary">Send request</button>
        </div>
      </form>
    </Page>
  );
}

/** Says by which name support knows the request. */
export function RequestSentPage(
  { shell, reference, email }: { shell: Shell; reference: string; email: string },
) {
  return (
    <Page shell={shell} title="Request sent">
      <div class="prose">
        <h1>Request sent</h1>
        <p>
          Its reference is <strong>{reference}</strong>. Support answers to{" "}
          {email}; name the reference if you write again.
        </p>
        <p>
          <a href="/notifications">Go to the notification settings</a>
        </p>
      </div>
    </Page>
  );
}
