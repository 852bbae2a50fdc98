import { deepEqual, equal, ok } from "node:assert/strict";
import {
  defaultNotifications,
  eventType,
  eventTypeIds,
  eventTypeLabel,
  eventTypes,
  type Field,
  frequencyOrder,
  isDeadlineType,
  type Profile,
  profiles,
  type Role,
  roles,
  rolesFor,
  visibleTypes,
} from "./catalogue.ts";

// The catalogue, written out once more as the product describes it.

const common = "content type, source type, language, territory, title, movie id, package id, " +
  "season, content partner, fulfillment partner, priority";

/** Type, label, fields beyond the common ones, frequencies, and by whom it is seen. */
const table = `
source-request.created | Source Request Created | due | all | content, fulfillment, studio
source-request.assigned | Source Request Assigned | due, assignee | all | content, fulfillment, studio
source-request.unassigned | Source Request Unassigned | due | all | content, studio
source-request.due-date-changed | Due Date Changed | due, previous due | all | content, fulfillment, studio
source-request.delivery-estimate-changed | Delivery Estimate Changed | due, estimate, delay reason | all | content, studio
source-request.delivered | Source Delivered | | all | content, fulfillment, studio
source-request.processed | Source Processed | | all | content, fulfillment, studio
source-request.accepted | Source Accepted | | all | content, fulfillment, studio
source-request.inspection-failed | Inspection Failed | inspection, error count | immediately, hourly, daily | fulfillment, studio
source-request.redelivery-requested | Redelivery Requested | due, reason, blocker | immediately, hourly, daily | content, fulfillment, qc, studio
source-request.canceled | Source Request Canceled | reason | all | content, fulfillment, studio
source-request.upgraded | Source Request Upgraded | reason | all | content, fulfillment, studio
source-request.comment-added | Comment Added | author's profile | all | content, fulfillment, qc, studio
source-request.at-risk | Request At Risk | due, area | immediately, hourly, daily | content, fulfillment, studio
source-request.critical | Request Critical | due, area | immediately, hourly | content, fulfillment, studio
material.received | Materials Received | material | all | content, fulfillment, studio
material.updated | Materials Updated | material | all | fulfillment, studio
qc.task-assigned | QC Task Assigned | due, QC kind | immediately, hourly, daily | qc, studio
qc.deadline-near | QC Deadline Near | due, QC kind | immediately, hourly | qc, studio
qc.report-available | QC Report Available | QC kind, result | all | content, fulfillment, qc, studio
`.trim().split("\n").map((line) => line.split("|").map((cell) => cell.trim()));

const words = (cell: string) => cell.split(", ").filter((word) => word !== "");

Deno.test("every event type has its label, fields, frequencies and audience, and there is no other", () => {
  deepEqual(eventTypeIds, table.map(([id]) => id));
  for (const [id = "", label, fields = "", frequencies = "", seenBy = ""] of table) {
    const definition = eventType(id)!;
    equal(definition.label, label);
    deepEqual(
      Object.values(definition.fields).map((field) => field.label),
      [...words(common), ...words(fields)],
      id,
    );
    const offered = frequencies === "all" ? frequencyOrder : words(frequencies);
    deepEqual(definition.frequencies, offered, id);
    deepEqual(Object.keys(definition.audience), words(seenBy), id);
    equal(isDeadlineType(id), frequencies !== "all", id);
  }
});

Deno.test("the fields are asked by what they hold", () => {
  const kinds = (kind: Field["kind"]) =>
    Object.values(eventTypes).flatMap(({ fields }) => Object.values(fields))
      .filter((field) => field.kind === kind).map(({ label }) => label);
  deepEqual([...new Set(kinds("date"))], ["due", "previous due", "estimate"]);
  deepEqual([...new Set(kinds("number"))], ["error count"]);
  deepEqual([...new Set(kinds("flag"))], ["blocker"]);
  deepEqual([...new Set(kinds("title"))], ["title"]);
  deepEqual([...new Set(kinds("language"))], ["language"]);
  deepEqual([...new Set(kinds("territory"))], ["territory"]);
});

Deno.test("the short lists hold what the product names, and every source type is in one group", () => {
  const { content_type, source_type, author_profile } =
    eventTypes["source-request.comment-added"]!.fields;
  const values = (field: Field | undefined) =>
    field?.kind === "choice" ? Object.values(field.values) : [];
  deepEqual(values(content_type), [
    ...["Branded", "Original", "Licensed", "Day of Broadcast", "Day After Broadcast"],
  ]);
  deepEqual(values(author_profile), Object.values(profiles));
  ok(source_type?.kind === "choice");
  const groups = Object.values(source_type.groups!);
  deepEqual(
    groups.map(({ label, values }) => [label, values.map((value) => source_type.values[value])]),
    [
      ["Video & Audio", [
        ...["AV (Muxed)", "Secondary AV (Muxed)", "Secondary Video", "Secondary Audio"],
        ...["Audio Description", "Audio M&E", "Audio Print Master", "IMF", "Non-IMF Delivery"],
        ...["Production Locked Proxy", "Final Proxy"],
      ]],
      ["Timed Text", ["Subtitle", "Forced Subtitle", "SDH/CC"]],
      ["Documents", ["Final Script", "Dub Cards", "Music Cue Sheet"]],
    ],
  );
  deepEqual(groups.flatMap((group) => group.values), Object.keys(source_type.values));
});

Deno.test("no default is outside what its role may see or what its type offers", () => {
  for (const role of Object.keys(roles) as Role[]) {
    const visible = visibleTypes([role]);
    for (const [type, frequency] of defaultNotifications([role])) {
      ok(visible.includes(type), `${role} ${type}`);
      ok(eventTypes[type]!.frequencies.includes(frequency), `${role} ${type}`);
    }
  }
});

Deno.test("the master role sees what operations sees, and hears nothing unasked", () => {
  const master = visibleTypes(["master-content-partner-operations"]);
  deepEqual(master, visibleTypes(["content-partner-operations"]));
  ok(defaultNotifications(["content-partner-operations"]).size > 0);
  deepEqual(defaultNotifications(["master-content-partner-operations"]), new Map());
  deepEqual(visibleTypes(["account-admin"]), []);
  deepEqual(visibleTypes([]), []);
  deepEqual(visibleTypes(["studio-admin"]), eventTypeIds);
});

Deno.test("where two roles differ the faster default counts", () => {
  const both = defaultNotifications(["qc-operator", "fulfillment-partner-operations"]);
  equal(defaultNotifications(["qc-operator"]).get(redelivery), "daily");
  equal(defaultNotifications(["fulfillment-partner-operations"]).get(redelivery), "immediately");
  equal(both.get(redelivery), "immediately");
  deepEqual(defaultNotifications(["fulfillment-partner-operations", "qc-operator"]), both);
});

const redelivery = "source-request.redelivery-requested";

Deno.test("an account holds the roles of its profile, and an admin wherever partners are", () => {
  const held = Object.fromEntries(
    (Object.keys(profiles) as Profile[]).map((profile) => [profile, rolesFor(profile)]),
  );
  deepEqual(held, {
    content: [
      ...["content-partner-operations", "master-content-partner-operations", "account-admin"],
    ],
    fulfillment: ["fulfillment-partner-operations", "account-admin"],
    qc: ["qc-operator", "qc-vendor-manager", "account-admin"],
    studio: ["studio-operations", "studio-admin"],
  });
});

Deno.test("a type that is not in the catalogue has its id for a label, and nothing else", () => {
  for (const id of ["source-request.imagined", "constructor", "__proto__"]) {
    equal(eventType(id), undefined);
    equal(eventTypeLabel(id), id);
    equal(isDeadlineType(id), false);
  }
});
