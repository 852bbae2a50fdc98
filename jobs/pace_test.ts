import { deepEqual, rejects } from "node:assert/strict";
import { type Email, type SendEmail, TemporaryFailure, TooLate } from "../domain/email.ts";
import { paced } from "./pace.ts";

const emailOf = (id: number): Email => ({
  ...{ id: `${id}`, to: "ada@lumen.example", subject: "Daily", text: "", html: "", headers: {} },
});

/** Who was asked to send what, and a clock that goes on when it is told. */
function startPace(perSecond: number, sendEmail?: SendEmail) {
  const begun: string[] = [];
  let now = 0;
  let timers: { at: number; work: () => void }[] = [];
  const record: SendEmail = ({ id }) => Promise.resolve(`${begun.push(id)}`);
  const send = paced(sendEmail ?? record, perSecond, (work, milliseconds) => {
    timers.push({ at: now + milliseconds, work });
  });
  const goOn = async (milliseconds: number) => {
    now += milliseconds;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { work } of due) work();
    await Promise.resolve();
  };
  return {
    send: (id: number, isTooLate = () => false) => send(emailOf(id), { number: 1, isTooLate }),
    ...{ begun, goOn },
  };
}

Deno.test("no more emails begin within a second than the rate allows, and they keep their order", async () => {
  const { send, begun, goOn } = startPace(2);
  const all = Promise.all([1, 2, 3, 4, 5].map((id) => send(id)));
  await goOn(999);
  deepEqual(begun, ["1", "2"]);
  await goOn(1);
  deepEqual(begun, ["1", "2", "3", "4"]);
  await goOn(999);
  deepEqual(begun.length, 4);
  await goOn(1);
  await all;
  deepEqual(begun, ["1", "2", "3", "4", "5"]);
});

Deno.test("after a quiet second the whole rate is there again, and no more than that", async () => {
  const { send, begun, goOn } = startPace(2);
  await send(1);
  await goOn(10_000);
  void send(2);
  void send(3);
  const last = send(4);
  await goOn(500);
  deepEqual(begun, ["1", "2", "3"]);
  await goOn(500);
  await last;
});

Deno.test("an email that fails takes its turn like any other, and its sender hears of it", async () => {
  const { send, goOn } = startPace(1, () => Promise.reject(new TemporaryFailure("try later")));
  await rejects(send(1), TemporaryFailure);
  const second = rejects(send(2), TemporaryFailure);
  await goOn(1_000);
  await second;
});

Deno.test("an email whose time runs out while it waits is not handed over, and the next one is", async () => {
  const { send, begun, goOn } = startPace(1);
  let isTooLate = false;
  await send(1);
  const waiting = rejects(send(2, () => isTooLate), TooLate);
  const next = send(3);
  isTooLate = true;
  await goOn(1_000);
  await waiting;
  await goOn(1_000);
  await next;
  deepEqual(begun, ["1", "3"]);
});
