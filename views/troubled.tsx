import { frequencies } from "../domain/catalogue.ts";
import { emailStates } from "../domain/email_states.ts";
import type { Trouble, Troubled } from "../domain/troubles.ts";
import { numberText } from "./counted.ts";
import { dayInSentence, timeText, When } from "./times.tsx";

interface Clock {
  zone: string;
  now: number;
}

/** Why mail waits or did not arrive, and how much of it. */
export function Problems({ problems }: { problems: Trouble[] }) {
  if (problems.length === 0) {
    return (
      <p class="hint">Nothing failed in the last seven days, and nothing waits for a provider.</p>
    );
  }
  return (
    <table class="figures">
      <caption>What keeps mail back, or kept it from arriving</caption>
      <thead>
        <tr>
          <th scope="col">Why</th>
          <th scope="col">State</th>
          <th scope="col" class="figure">Emails</th>
        </tr>
      </thead>
      <tbody>
        {problems.map(({ problem, state, emails }) => (
          <tr>
            <th scope="row">{problem || "Its mail server did not say"}</th>
            <td>{emailStates[state]}</td>
            <td class="figure">{numberText(emails)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The newest emails that wait or did not arrive, and what can be done with each. */
export function TroubledEmails({ troubled, ...clock }: { troubled: Troubled[] } & Clock) {
  if (troubled.length === 0) return null;
  return (
    <section>
      <h2>The newest of them</h2>
      <ul role="list">
        {troubled.map((email) => <TroubledRow email={email} {...clock} />)}
      </ul>
    </section>
  );
}

function TroubledRow({ email, zone, now }: { email: Troubled } & Clock) {
  const { reader, account, frequency, composedAt, state, attempts } = email;
  const tried = attempts === 1 ? "tried once" : `tried ${attempts} times`;
  return (
    <li class="row event">
      <span class="event-time">
        <When at={composedAt} zone={zone} text={timeText(composedAt, zone)} />
      </span>
      <div class="row-text">
        <p class="sentence">
          <strong>{reader}</strong>, {account}
        </p>
        <p class="row-note">
          {emailStates[state]} · {frequencies[frequency]} · {dayInSentence(composedAt, zone, now)} ·
          {" "}
          {tried}
        </p>
      </div>
      <Steps email={email} />
    </li>
  );
}

/** What can be done with one: what waits can go at once or be taken back, what failed can go anew. What arrived somewhere stays as it is. */
function Steps({ email }: { email: Troubled }) {
  if (email.state === "failed") {
    return <Step email={email} path="resending" label="Send again" />;
  }
  if (email.state !== "queued") return null;
  return (
    <div class="actions">
      <Step email={email} path="retry" label="Try now" />
      <Step email={email} path="cancellation" label="Cancel" />
    </div>
  );
}

function Step({ email, path, label }: { email: Troubled; path: string; label: string }) {
  return (
    <form method="post" action={`/operations/emails/${email.id}/${path}?_method=PUT`}>
      <button type="submit" aria-label={`${label}, for ${email.reader}`}>{label}</button>
    </form>
  );
}
