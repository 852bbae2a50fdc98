import { type SendEmail, TooLate } from "../domain/email.ts";

const second = 1_000;

/** A sender that begins at most so many emails within any second, in the order in which it is asked. */
export function paced(
  sendEmail: SendEmail,
  perSecond: number,
  timer: (work: () => void, milliseconds: number) => void = setTimeout,
): SendEmail {
  let free = perSecond;
  const waiting: (() => void)[] = [];

  function begin(go: () => void): void {
    timer(passOn, second);
    go();
  }

  function passOn(): void {
    const next = waiting.shift();
    if (next) begin(next);
    else free += 1;
  }

  function takeTurn(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (free === 0) waiting.push(resolve);
    else {
      free -= 1;
      begin(resolve);
    }
    return promise;
  }

  return async (email, attempt) => {
    await takeTurn();
    if (attempt.isTooLate?.()) throw new TooLate();
    return await sendEmail(email, attempt);
  };
}
