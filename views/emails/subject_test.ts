import assert from "node:assert/strict";
import type { Told } from "./composed.ts";
import {
  acceptedEvent,
  commentEvent,
  emailOf,
  event,
  glassOrchard,
  redeliveryEvent,
  told,
} from "./testing_cast.ts";

const immediate = (...items: Told[]) => emailOf(items, { frequency: "immediately" }).subject;

Deno.test("the subject of an immediate email starts with what happened", () => {
  assert.equal(
    immediate(told(redeliveryEvent)),
    "Redelivery Requested: Harbour Lights (SR-48213), due Tue 24 Nov",
  );
  assert.equal(immediate(told(commentEvent)), "Comment Added: Harbour Lights (SR-48213)");
});

Deno.test("the subject of several events starts with the most urgent and counts the others", () => {
  assert.equal(
    immediate(told(commentEvent), told(acceptedEvent), told(redeliveryEvent)),
    "Redelivery Requested: Harbour Lights (SR-48213), due Tue 24 Nov, and 2 more",
  );
});

Deno.test("the subject says as much as the event does", () => {
  const type = "qc.deadline-near";
  assert.equal(immediate(told(event(1, type))), "QC Deadline Near");
  assert.equal(immediate(told(event(1, type, {}, "QC-7"))), "QC Deadline Near: QC-7");
  assert.equal(
    immediate(told(event(1, type, { title: glassOrchard, due: "2026-11-24T17:00:00Z" }))),
    "QC Deadline Near: The Glass Orchard, due Tue 24 Nov 18:00, Madrid",
  );
  assert.equal(immediate(told(event(1, type, { due: "soon" }))), "QC Deadline Near");
});

Deno.test("the subject of a digest starts with its frequency and tells it from the others", () => {
  const items = [told(commentEvent), told(redeliveryEvent), told(acceptedEvent)];
  assert.equal(
    emailOf(items).subject,
    "Daily: 1 needs action, due Tue 24 Nov, 1 for information (Harbour Lights, The Glass Orchard), Mon 23 Nov",
  );
  assert.equal(
    emailOf(items.slice(0, 2), { frequency: "hourly" }).subject,
    "Hourly: 1 needs action, due Tue 24 Nov (Harbour Lights), Mon 23 Nov 08:00",
  );
  assert.equal(
    emailOf([told(event(1, "material.received"))], { frequency: "weekly" }).subject,
    "Weekly: 1 for information, Mon 23 Nov",
  );
});

Deno.test("the subject of a digest names two titles and counts the others", () => {
  const items = ["One", "Two", "Three", "Four"].map((name, index) =>
    told(event(index, "source-request.accepted", { title: { id: name, name } }, `SR-${index}`))
  );
  assert.equal(
    emailOf(items).subject,
    "Daily: 4 for information (Four, Three, 2 other titles), Mon 23 Nov",
  );
});
