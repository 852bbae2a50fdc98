import { createMiddleware } from "hono/factory";
import { Unreadable } from "./cloudevents.ts";

/** How long a body may take that has to come whole, and how long one of any length may be silent, in milliseconds. */
export const patience = 60_000;

/** What a promise resolves to; throws Unreadable where that takes longer than so many milliseconds. */
export async function inTime<T>(promise: Promise<T>, most = patience): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(most)), most);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Refuses a request that is not read and answered in time: the database gives up long before. */
export const wholeInTime = createMiddleware((_, next) => inTime(next()));

/** The pieces of a stream, as long as none keeps us waiting for more than so many milliseconds. */
export async function* piecesInTime<T>(stream: ReadableStream<T>, most = patience) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read(), most);
      if (done) return;
      yield value;
    }
  } finally {
    // Nobody waits for a sender who does not send.
    reader.cancel().catch(() => {});
  }
}

function tooSlow(most: number): Unreadable {
  const detail = `Nothing of the body came for ${most / 1000} seconds: send it again.`;
  return new Unreadable(408, "Too slow", detail);
}
