import { deepEqual, equal, rejects } from "node:assert/strict";
import { type Email, PermanentFailure, TemporaryFailure, TooLate } from "../domain/email.ts";
import { sparing } from "./circuit.ts";

const email: Email = {
  ...{ id: "em-1", to: "ada@lumen.example", subject: "Daily", text: "", html: "", headers: {} },
};
const minute = 60_000;

/** A provider that fails as it is told, the clock, and what was asked and reported. */
function startTrouble() {
  const trouble = { now: 0, asked: 0, reported: 0, failure: null as Error | null };
  const send = sparing(() => {
    trouble.asked += 1;
    return trouble.failure ? Promise.reject(trouble.failure) : Promise.resolve("taken");
  }, { now: () => trouble.now, report: () => trouble.reported += 1 });
  const fail = async (times: number) => {
    for (; times > 0; times -= 1) await rejects(send(email, { number: 1 }));
  };
  return { trouble, send: () => send(email, { number: 1 }), fail };
}

Deno.test("a provider that fails ten times in a row is left alone for a minute, which is said once", async () => {
  const { trouble, send, fail } = startTrouble();
  trouble.failure = new TemporaryFailure("Mailgun answered 503");
  await fail(200);
  deepEqual([trouble.asked, trouble.reported], [10, 1]);
  trouble.now = minute - 1;
  await rejects(send(), { name: "TemporaryFailure", retryAfter: 1 });
  equal(trouble.asked, 10);
});

Deno.test("after the pause one email is tried, and what becomes of it decides for all", async () => {
  const { trouble, send, fail } = startTrouble();
  trouble.failure = new TemporaryFailure("Mailgun answered 503");
  await fail(10);
  trouble.now = minute;
  await fail(50);
  equal(trouble.asked, 11);
  trouble.now = 2 * minute;
  trouble.failure = null;
  equal(await send(), "taken");
  equal(await send(), "taken");
  equal(trouble.asked, 13);
});

Deno.test("while one is tried, the others wait", async () => {
  const { trouble, send, fail } = startTrouble();
  trouble.failure = new TemporaryFailure("Mailgun answered 503");
  await fail(10);
  trouble.now = minute;
  await Promise.allSettled([send(), send(), send()]);
  equal(trouble.asked, 11);
});

Deno.test("when a provider asks for patience, it gets it at once", async () => {
  const { trouble, send, fail } = startTrouble();
  trouble.failure = new TemporaryFailure("Mailgun answered 429", 300);
  await fail(20);
  deepEqual([trouble.asked, trouble.reported], [1, 1]);
  trouble.failure = null;
  trouble.now = 5 * minute;
  equal(await send(), "taken");
});

Deno.test("some failures among successes, and emails that are refused for good, pause nothing", async () => {
  const { trouble, send, fail } = startTrouble();
  for (let round = 0; round < 5; round += 1) {
    trouble.failure = new TemporaryFailure("Mailgun was not reached");
    await fail(9);
    trouble.failure = null;
    await send();
  }
  trouble.failure = new PermanentFailure("Mailgun answered 400", true);
  await fail(20);
  deepEqual([trouble.asked, trouble.reported], [70, 0]);
});

Deno.test("an email that came too late to be handed over says nothing about the provider", async () => {
  const { trouble, fail } = startTrouble();
  trouble.failure = new TemporaryFailure("Mailgun was not reached");
  await fail(9);
  trouble.failure = new TooLate();
  await fail(1);
  trouble.failure = new TemporaryFailure("Mailgun was not reached");
  await fail(2);
  deepEqual([trouble.asked, trouble.reported], [11, 1]);
});

Deno.test("a clock that is put back does not make a pause longer", async () => {
  const { trouble, send, fail } = startTrouble();
  trouble.now = 60 * minute;
  trouble.failure = new TemporaryFailure("Mailgun answered 503");
  await fail(10);
  trouble.failure = null;
  trouble.now = 0;
  equal(await send(), "taken");
});
