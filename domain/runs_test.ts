import { deepEqual, equal } from "node:assert/strict";
import { isLate, nextRunAt } from "./runs.ts";

const at = (clock: string) => Date.parse(`2026-11-20T${clock}Z`);

Deno.test("a job runs next at its own minute, never at once", () => {
  deepEqual(
    [nextRunAt("mail", at("09:30:00")), nextRunAt("mail", at("09:30:59.999"))],
    [at("09:31:00"), at("09:31:00")],
  );
  deepEqual(
    [nextRunAt("clean-up", at("09:16:59")), nextRunAt("clean-up", at("09:17:00"))],
    [at("09:17:00"), at("10:17:00")],
  );
});

Deno.test("a job that stays away is seen within two minutes", () => {
  equal(isLate({ job: "mail", startedAt: at("09:30:00") }, at("09:32:00")), false);
  equal(isLate({ job: "mail", startedAt: at("09:30:00") }, at("09:32:01")), true);
  equal(isLate({ job: "clean-up", startedAt: at("09:17:00") }, at("10:30:00")), false);
});
