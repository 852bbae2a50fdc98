import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { ScimError } from "./scim.ts";
import { parseFilter, parsePath } from "./scim_filters.ts";

Deno.test("a filter compares attributes with values, in any letter case", () => {
  deepEqual(parseFilter('userName eq "ana@example.com"'), [
    { attribute: "username", value: "ana@example.com" },
  ]);
  deepEqual(parseFilter(' ID EQ "a" AND active eq False '), [
    { attribute: "id", value: "a" },
    { attribute: "active", value: false },
  ]);
  deepEqual(parseFilter('emails[type eq "work"].value eq "a@b.example"'), [
    { attribute: "emails.value", value: "a@b.example" },
  ]);
  deepEqual(parseFilter('id eq "g" and members[value eq "u"]'), [
    { attribute: "id", value: "g" },
    { attribute: "members.value", value: "u" },
  ]);
  deepEqual(parseFilter('urn:ietf:params:scim:schemas:core:2.0:User:userName eq "a"'), [
    { attribute: "username", value: "a" },
  ]);
});

Deno.test("whatever stands between quotation marks is a value, and nothing else", () => {
  fc.assert(fc.property(fc.string(), (value) => {
    fc.pre(JSON.stringify(value).length < 1_900);
    deepEqual(parseFilter(`externalId eq ${JSON.stringify(value)} and active eq true`), [
      { attribute: "externalid", value },
      { attribute: "active", value: true },
    ]);
  }));
});

/** The filters that we understand, as a grammar over texts whose values are emptied (RFC 7644, 3.4.2.2). */
const comparison = String.raw`\w+ +eq +(?:""|true)`;
const term = String.raw`(?:${comparison}|\w+\[ *${comparison} *\])`;
const filter = new RegExp(`^ *${term}(?: +and +${term})* *$`);

Deno.test("no text is understood by half: it is a filter, or it is refused, and soon", () => {
  const pieces = fc.constantFrom(
    ...['userName eq "a"', " and ", " or ", "(", ")", "[", "]", "not ", '"', "\\", " eq ", "true"],
  );
  fc.assert(fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
    const text = parts.join("");
    const emptied = text.replace(/"(?:[^"\\]|\\["\\nt])*"/g, '""');
    if (filter.test(emptied)) {
      equal(parseFilter(text).length, emptied.match(/ eq +(?:""|true)/g)?.length, text);
    } else throws(() => parseFilter(text), ScimError, text);
  }));
  throws(() => parseFilter(`a${".a".repeat(5_000)}`), ScimError);
});

Deno.test("a path names an attribute, or some of its values", () => {
  deepEqual(parsePath("name.familyName"), { attribute: "name.familyname" });
  deepEqual(parsePath('emails[type eq "work"].value'), {
    attribute: "emails.value",
    where: { attribute: "type", value: "work" },
  });
  deepEqual(parsePath('members[value eq "u-1"]'), {
    attribute: "members",
    where: { attribute: "value", value: "u-1" },
  });
  for (const text of ["", "a b", "a[b", 'a[b eq "c" or d eq "e"]', "a[b pr]", "1", "a[]"]) {
    throws(() => parsePath(text), ScimError, text);
  }
});
