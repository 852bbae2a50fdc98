import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { type Email, NotAccepted, type SendEmail, TemporaryFailure } from "../domain/email.ts";
import { temporaryDatabase } from "../e2e/database.ts";
import { day, hour, minute, monday, setStage } from "../e2e/stage.ts";

// Random troubles of a provider, for days on end, against the one thing that matters: whoever asked is told, once.

/** It takes emails, takes none, or takes them and says that it failed. */
type Mood = "works" | "refuses" | "swallows";

type Step = { do: "happen" } | { do: "turn"; mood: Mood } | { do: "sweep"; after: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("happen" as const) }),
  fc.record({
    do: fc.constant("turn" as const),
    mood: fc.constantFrom("works" as const, "refuses" as const, "swallows" as const),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("sweep" as const),
      after: fc.oneof(
        fc.integer({ min: 0, max: 120 }).map((minutes) => minutes * minute),
        fc.integer({ min: 1, max: 60 }).map((hours) => hours * hour),
      ),
    }),
  },
);

/** Two days and more without anybody who takes an email. */
const outage: Step[] = [
  { do: "happen" },
  { do: "turn", mood: "refuses" },
  { do: "sweep", after: 0 },
  { do: "sweep", after: 49 * hour },
  { do: "turn", mood: "swallows" },
  { do: "sweep", after: 2 * hour },
];

/** A provider that can be asked what it took, as long as it does not refuse everything. */
function startProvider() {
  const provider = { mood: "works" as Mood, taken: new Map<string, Email>() };
  const sendEmail: SendEmail = (email, { number, asksOnly }) => {
    if (provider.mood === "refuses") return Promise.reject(new TemporaryFailure("not now"));
    if (number > 1 && provider.taken.has(email.id)) return Promise.resolve(email.id);
    if (asksOnly) return Promise.reject(new NotAccepted());
    ok(!provider.taken.has(email.id), "taken twice");
    provider.taken.set(email.id, email);
    return provider.mood === "works"
      ? Promise.resolve(email.id)
      : Promise.reject(new TemporaryFailure("Mailgun answered 500"));
  };
  return { provider, sendEmail };
}

/** Lives through the steps, and then long enough in peace; resolves to what was told to whom, and to the emails' rows. */
async function live(steps: readonly Step[]) {
  const { db, close } = await temporaryDatabase();
  const { provider, sendEmail } = startProvider();
  const stage = await setStage(db);
  await stage.ask("ada", "immediately");
  await stage.ask("ben", "daily");
  let [now, happened] = [monday, 0];
  const take = async (step: Step) => {
    if (step.do === "happen") await stage.happen(`SR-${happened += 1}`);
    else if (step.do === "turn") provider.mood = step.mood;
    else await stage.sweepAt(now += step.after, sendEmail);
  };
  const peace: Step[] = [0, hour, day, 2 * hour].map((after) => ({ do: "sweep", after }));
  for (const step of [...steps, { do: "turn", mood: "works" } as const, ...peace]) await take(step);
  const rows = await db.query.emails.findMany();
  await close();
  return { happened, told: [...provider.taken.values()].map(toldBy), rows };
}

function toldBy({ to, text }: Email) {
  return { to: to.split("@")[0]!, subjects: new Set(text.match(/SR-\d+/g)) };
}

Deno.test("however long a provider fails, everybody is told once, and only what failed for 48 hours comes anew", async () => {
  let givenUp = 0;
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 25, size: "max" }),
    async (steps) => {
      const { happened, told, rows } = await live(steps);
      const all = Array.from({ length: happened }, (_, index) => `SR-${index + 1}`).sort();
      for (const person of ["ada", "ben"]) {
        const theirs = told.filter(({ to }) => to === person).flatMap((
          { subjects },
        ) => [...subjects]);
        deepEqual(theirs.sort(), all, person);
      }
      for (const { state, givenUpAt, failingSince, content, id } of rows) {
        deepEqual(state, givenUpAt === null ? "sent" : "canceled");
        if (givenUpAt === null) continue;
        givenUp += 1;
        ok(givenUpAt - failingSince! >= 48 * hour);
        const told = JSON.stringify(content.items);
        ok(rows.some((row) => row.id !== id && JSON.stringify(row.content.items) === told));
      }
    },
  );
  await fc.assert(property, { numRuns: 25, endOnFailure: true, examples: [[outage]] });
  ok(givenUp > 0, "nothing was ever given up");
});
