import { equal } from "node:assert/strict";
import { exactText } from "./times.tsx";

Deno.test("an exact time says how far its clock is from UTC, so that the hour that comes twice is told apart", () => {
  const at = Date.parse("2026-10-25T00:30:00Z");
  equal(exactText(at, "Europe/Madrid"), "Sun 25 Oct 2026 02:30:00 UTC+02:00");
  equal(exactText(at + 3_600_000, "Europe/Madrid"), "Sun 25 Oct 2026 02:30:00 UTC+01:00");
  equal(exactText(at + 1_000, "America/St_Johns"), "Sat 24 Oct 2026 22:00:01 UTC-02:30");
  equal(exactText(at, "Mars/Olympus"), "Sun 25 Oct 2026 00:30:00 UTC+00:00");
});
