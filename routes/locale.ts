import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { readerLocale } from "../domain/local_names.ts";

/** The language in which the reader's browser asks to be spoken to, as far as the platform can name things in it. */
export function localeOf(c: Context): string {
  return accepts(c, {
    header: "Accept-Language",
    supports: [],
    default: "en",
    match: (wanted) => {
      const tags = wanted.filter(({ q }) => q > 0).sort((a, b) => b.q - a.q);
      return readerLocale(tags.map(({ type }) => type));
    },
  });
}
