import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";

/**
 * Says that something is wrong where an answer takes longer than so many milliseconds. `hono/timeout` makes an error as
 * it is loaded, and the first error of a process makes V8 read the whole bundle once more: a tenth of a cold start.
 */
export function answerInTime(most: number) {
  return createMiddleware(async (_, next) => {
    const over = Promise.withResolvers<never>();
    const timer = setTimeout(() => over.reject(new HTTPException(503)), most);
    try {
      await Promise.race([next(), over.promise]);
    } finally {
      clearTimeout(timer);
    }
  });
}
