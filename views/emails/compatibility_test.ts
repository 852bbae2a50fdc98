import { deepEqual } from "node:assert/strict";
import { caniemail } from "caniemail";
import { signInEmail } from "./sign_in.tsx";
import {
  acceptedEvent,
  commentEvent,
  comments,
  emailOf,
  event,
  redelivery,
  redeliveryEvent,
  told,
} from "./testing_cast.ts";

// What Gmail and Outlook know of what our emails are made of, by the data of caniemail.com.

/** What some of them leave out, and why nothing is lost by it. */
const harmless: Record<string, string> = {
  "color-scheme CSS property": "they have their own way with the dark",
  "color-scheme meta tag": "the same",
  "@media": "the same, in Outlook on Windows",
  "<style> element": "Gmail in a mobile browser shows headings and paragraphs in order",
  "Type selector": "the same",
  "Class selector": "the same",
  "<body> element": "Outlook on a Mac has its own margins",
  "white-space": "two links may stand on two lines",
  "word-break": "a long word makes the page wider",
  "system-ui, ui-serif, ui-sans-serif, ui-rounded, ui-monospace": "Segoe UI stands before it",
  "role attribute": "a table may be announced as one, in Windows Mail",
};

const summary = "Audio drift\n\nfrom 00:42:10";
const many = Array.from(
  { length: 2_000 },
  (_, index) => told(event(index, "source-request.comment-added", {}, `SR-${index}`)),
);
const several = [
  told({ ...redeliveryEvent, data: { ...redeliveryEvent.data, summary } }, redelivery, comments),
  told(commentEvent, comments),
  told(acceptedEvent),
];
const letters = [
  emailOf(several, { dueAt: 0 }),
  emailOf(several, { frequency: "immediately" }),
  emailOf(several.slice(0, 1), { frequency: "immediately" }),
  emailOf(many),
  signInEmail({ name: "Ada", link: "https://callboard.example/sign-in/token", minutes: 15 }),
];

Deno.test("what Gmail and Outlook do not know of our emails is known to be harmless", () => {
  const found = letters.flatMap(({ html }) => {
    const { issues } = caniemail({ clients: ["gmail.*", "outlook.*"], html });
    return [...issues.errors.values()].flatMap((list) => list.map(({ title }) => title));
  });
  deepEqual([...new Set(found)].sort(), Object.keys(harmless).sort());
});
