import { deepEqual, equal } from "node:assert/strict";
import { isLate, lateText, nextRunAt } from "./runs.ts";

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

Deno.test("a job that never ran is expected since the service began", () => {
  const openedAt = at("09:30:00");
  const textAt = (now: number) => lateText([], { openedAt, now });
  equal(textAt(at("09:32:00")), "");
  equal(textAt(at("09:32:01")), "late: mail never ran since 2026-11-20T09:30:00.000Z\n");
  const ran = [{ job: "mail" as const, startedAt: at("11:30:00") }];
  equal(
    lateText(ran, { openedAt, now: at("11:31:00") }),
    "late: clean-up never ran since 2026-11-20T09:30:00.000Z\n",
  );
});
