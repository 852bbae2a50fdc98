import { doesNotMatch, equal, match } from "node:assert/strict";
import {
  commentEvent,
  emailOf,
  glassOrchard,
  harbourLights,
  redeliveryEvent,
  told,
} from "./testing_cast.ts";

const { name, id } = harbourLights;
const confidential = {
  ...redeliveryEvent,
  data: { ...redeliveryEvent.data, confidential: true, summary: "HARBOUR LIGHTS: audio drift" },
};

function whole(email: ReturnType<typeof emailOf>): string {
  return JSON.stringify(email);
}

Deno.test("a confidential title goes by its id everywhere in an email, in other events of it, too", () => {
  const reason = { id: 7, sentence: `Redelivery Requested where title is ${name}, daily` };
  for (const frequency of ["immediately", "daily"] as const) {
    const items = [told(confidential, reason), told(commentEvent, reason)];
    const email = emailOf(items, { frequency });
    doesNotMatch(whole(email), /harbour lights/i);
    match(email.subject, new RegExp(id));
    match(email.text, new RegExp(`${id}: audio drift`));
    match(email.html, new RegExp(`where title is ${id}`));
    equal(email.headers["X-Callboard-Titles"], id);
  }
});

Deno.test("other titles keep their names, and names that only look like patterns are names", () => {
  const odd = { ...confidential.data, title: { id: "9", name: "What (if)? [1]*" } };
  const email = emailOf([
    told({ ...confidential, data: { ...odd, summary: "what (IF)? [1]* is late" } }),
    told({ ...commentEvent, data: { title: glassOrchard, summary: "if 1" } }),
  ]);
  match(email.text, /9 is late/);
  match(email.text, /The Glass Orchard/);
  match(email.text, /if 1/);
  doesNotMatch(whole(email), /What \(if\)/i);
});

Deno.test("an event that is not confidential is told by name", () => {
  const open = { ...confidential, data: { ...confidential.data, confidential: false } };
  match(emailOf([told(open)]).subject, new RegExp(name));
});
