import assert from "node:assert/strict";
import { eventTypes, profiles, roles, visibleTypes } from "../domain/catalogue.ts";
import { fingerprint, parseConditions } from "../domain/conditions.ts";
import { cast, manyAccounts, purposes } from "./cast.ts";
import type { CastAccount, CastUser } from "./company.ts";

const people = (accounts: readonly CastAccount[]) => accounts.flatMap(({ users }) => users);

function assertUnique(what: string, values: string[]): void {
  assert.equal(new Set(values).size, values.length, `${what} must be unique`);
}

function assertFits(account: CastAccount, user: CastUser): void {
  for (const role of user.roles) {
    assert.ok(roles[role].profiles.includes(account.profile), `${user.id} cannot be ${role}`);
  }
  assert.ok(user.email.endsWith(`@${account.id}.example`), user.email);
  assert.match(user.email, /^[a-z0-9.-]+@[a-z0-9-]+\.example$/);
  assert.doesNotThrow(() => new Intl.DateTimeFormat("en", { timeZone: user.zone }));
  assert.ok(user.digestHour >= 0 && user.digestHour <= 23);
  assert.ok(user.digestWeekday >= 1 && user.digestWeekday <= 7);
}

function assertCouldHaveSaved(user: CastUser): void {
  for (const { type, conditions, frequency } of user.notifications) {
    assert.ok(visibleTypes(user.roles).includes(type), `${user.id} may not see ${type}`);
    assert.ok(eventTypes[type]!.frequencies.includes(frequency), `${type} is not had ${frequency}`);
    assert.deepEqual(parseConditions(type, conditions), conditions);
  }
  assertUnique(
    `notifications of ${user.id}`,
    user.notifications.map((n) => fingerprint(n.type, n.frequency, n.conditions)),
  );
}

Deno.test("the cast holds every profile and every role, and each person says what for", () => {
  assert.deepEqual(
    new Set(cast.map(({ profile }) => profile)),
    new Set(Object.keys(profiles)),
  );
  assert.deepEqual(
    new Set(people(cast).flatMap((user) => user.roles)),
    new Set(Object.keys(roles)),
  );
  assert.ok(people(cast).length >= 12);
  assert.deepEqual([...purposes.keys()], people(cast).map(({ id }) => id));
  assertUnique("purposes", [...purposes.values()]);
  assert.ok(cast.some(({ id, name }) => id === "meridian-post" && name === "Meridian Post"));
});

Deno.test("the cast and the crowd hold only roles, addresses and zones that fit", () => {
  for (const account of manyAccounts(300)) {
    account.users.forEach((user) => assertFits(account, user));
  }
});

Deno.test("every notification of the cast and the crowd is one that its owner could have saved", () => {
  for (const user of people(manyAccounts(300))) assertCouldHaveSaved(user);
});

Deno.test("a thousand accounts have about twenty thousand people, none of them twice", () => {
  const accounts = manyAccounts(1_000);
  assert.equal(accounts.length, 1_000);
  assertUnique("accounts", accounts.map(({ id }) => id));
  assertUnique("names of accounts", accounts.map(({ name }) => name));
  assertUnique("people", people(accounts).map(({ id }) => id));
  assertUnique("addresses", people(accounts).map(({ email }) => email));
  assert.ok(Math.abs(people(accounts).length - 20_000) < 2_000, `${people(accounts).length}`);
});

Deno.test("more accounts begin with the cast and change nothing about fewer", () => {
  assert.deepEqual(manyAccounts(cast.length), [...cast]);
  assert.deepEqual(manyAccounts(40), manyAccounts(90).slice(0, 40));
  assert.deepEqual(manyAccounts(3), cast.slice(0, 3));
});

Deno.test("names stay unique when every pair of words is used up", () => {
  assertUnique("accounts", manyAccounts(4_500).map(({ id }) => id));
});
