import { deepEqual } from "node:assert/strict";
import { logQuery, spanOf } from "./log_query.ts";
import { mayExplore } from "./people.ts";

const asked = (query: Record<string, string>) => logQuery.parse(query);

Deno.test("days are those of the reader's calendar, as long as their clocks make them", () => {
  const span = spanOf(asked({ from: "2026-10-25", until: "2026-10-25" }), "Europe/Madrid");
  deepEqual(span, {
    from: Date.parse("2026-10-25T00:00:00+02:00"),
    until: Date.parse("2026-10-26T00:00:00+01:00"),
  });
  deepEqual(spanOf(asked({}), "nowhere"), { from: undefined, until: undefined });
});

Deno.test("what says nothing is as good as none", () => {
  const nothing = { from: undefined, until: undefined, before: undefined, follow: undefined };
  deepEqual(
    asked({
      from: "2026-02-30",
      until: "soon",
      before: "0",
      follow: "yes",
      seen: "1e99",
      q: " x ",
    }),
    { ...nothing, seen: undefined, q: "x" },
  );
  deepEqual(asked({ q: "x".repeat(201) }), { q: undefined });
});

Deno.test("the whole log is for roles that show the studio's events", () => {
  deepEqual(mayExplore(["studio-operations"]), true);
  deepEqual(mayExplore(["studio-admin"]), true);
  deepEqual(mayExplore(["account-admin", "content-partner-operations", "qc-operator"]), false);
  deepEqual(mayExplore([]), false);
});
