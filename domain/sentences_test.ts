import { deepEqual, equal } from "node:assert/strict";
import { eventType } from "./catalogue.ts";
import type { Condition } from "./conditions.ts";
import { conditionsText, notificationSentence, phrases, valueLabel } from "./sentences.ts";

const redelivery = "source-request.redelivery-requested";
const inspection = "source-request.inspection-failed";

const any = (field: string, ...values: string[]) => ({ field, op: "any" as const, values });
const none = (field: string, ...values: string[]) => ({ field, op: "none" as const, values });

Deno.test("a notification reads as one sentence of English", () => {
  const conditions: Condition[] = [
    any("blocker", "true"),
    any("content_type", "branded"),
    { field: "due", op: "within", value: 1 },
    none("language", "ko", "pt-BR"),
    any("source_type", "imf", "timed-text"),
  ];
  equal(
    conditionsText(redelivery, conditions),
    "blocker is Yes and content type is Branded and due is within 1 day and language is not " +
      "Korean or Brazilian Portuguese and source type is IMF or Timed Text",
  );
  const where = [{ field: "error_count", op: "least" as const, value: 3 }];
  equal(
    notificationSentence({ type: inspection, conditions: where, frequency: "hourly" }),
    "Inspection Failed where error count is at least 3, hourly",
  );
  const plain = { type: inspection, conditions: [], frequency: "daily" as const };
  equal(notificationSentence(plain), "Inspection Failed, daily");
  deepEqual(phrases(redelivery, [{ field: "due", op: "within", value: 3 }]), [
    { field: "due", relation: "is within", values: ["3 days"] },
  ]);
});

Deno.test("what left the catalogue is still told as it was asked", () => {
  const left = { type: "left.the-catalogue", conditions: [any("colour", "red")] };
  equal(
    notificationSentence({ ...left, frequency: "daily" }),
    "left.the-catalogue where colour is red, daily",
  );
});

Deno.test("each value reads as people say it", () => {
  const { fields } = eventType(redelivery)!;
  equal(valueLabel(fields.blocker!, "false"), "No");
  equal(valueLabel(fields.territory!, "KR"), "South Korea");
  equal(valueLabel(fields.source_type!, "timed-text"), "Timed Text");
  equal(valueLabel(fields.source_type!, "left"), "left");
  equal(valueLabel(fields.movie_id!, "81"), "81");
  equal(valueLabel(fields.title!, "81"), "81");
  equal(valueLabel(fields.title!, "81\tHarbour Lights"), "Harbour Lights");
});
