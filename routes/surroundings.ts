import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { visibleTypes } from "../domain/catalogue.ts";
import type { Surroundings } from "../domain/controls.ts";
import { forecastEvents } from "../domain/forecast.ts";
import { readerLocale } from "../domain/local_names.ts";
import type { AppEnv } from "./parts.ts";

/** What stands beside a form about an event type: what the visitor's account was told of lately, and the visitor's language. */
export function surroundings(c: Context<AppEnv>, type: string, now: number): Surroundings {
  const { events: { byType }, user: { zone, roles } } = c.var.visit;
  return {
    events: forecastEvents(byType.get(type) ?? [], { zone, now }),
    allEvents: () => visibleTypes(roles).flatMap((visible) => byType.get(visible) ?? []),
    locale: localeOf(c),
  };
}

/** The language in which the reader's browser asks to be spoken to, as far as the platform can name things in it. */
function localeOf(c: Context): string {
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
