import { deepEqual, equal } from "node:assert/strict";
import { simulate } from "../demo/story.ts";
import { accountsOf, sizeOf, toldIn } from "./year_studio.ts";

const asked = { accounts: 10, people: 400, groups: 2 };
const groups = [accountsOf(asked, 0), accountsOf(asked, 1)];

Deno.test("a studio in groups has the people that were asked for, each once", () => {
  const people = groups.flat().flatMap(({ users }) => users);
  equal(Math.abs(people.length - asked.people) < asked.accounts, true);
  equal(new Set(people.map(({ id }) => id)).size, people.length);
  equal(new Set(people.map(({ email }) => email)).size, people.length);
  equal(new Set(groups.flat().map(({ id }) => id)).size, asked.accounts);
  for (const group of groups) equal(sizeOf(group) > asked.people / 4, true);
});

Deno.test("each account hears in its group what concerns it, and the studio of everything", () => {
  const until = Date.parse("2026-11-20T00:00:00Z");
  const events = [...simulate({ accounts: 10, days: 5, perDay: 100, seed: 1, until })];
  const told = groups.map((group) => [...toldIn(group, events)]);
  for (const [index, group] of groups.entries()) {
    for (const { id } of group.filter(({ profile }) => profile !== "studio")) {
      const concerned = (all: typeof events) =>
        all.filter(({ data }) => data.accounts.includes(id)).map((event) => event.id);
      deepEqual(concerned(told[index]!), concerned(events));
    }
    if (group.some(({ profile }) => profile === "studio")) {
      equal(told[index]!.length, events.length);
    }
    const known = new Set(group.map(({ id }) => id));
    equal(told[index]!.every(({ data }) => data.accounts.every((id) => known.has(id))), true);
  }
});
