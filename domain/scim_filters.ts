import { attributeName, ScimError } from "./scim.ts";

// The part of RFC 7644's grammar that directories use: attributes that equal values, joined by "and", and paths with one
// such comparison in brackets. Everything else is refused rather than half understood.

/** What must hold of a resource: an attribute, by its canonical name, equals a value. */
export interface Condition {
  attribute: string;
  value: string | boolean;
}

/** What a patch is about: an attribute, of those values alone for which `where` holds. */
export interface Path {
  attribute: string;
  where?: Condition;
}

const longest = 2_000;
const value = String.raw`"(?:[^"\\]|\\.)*"|true|false`;
const path = String.raw`([a-z][\w:.$-]*)(?:\[\s*([\w$]+)\s+eq\s+(${value})\s*\])?(?:\.([\w$]+))?`;
const wholePath = new RegExp(`^${path}$`, "i");
const term = new RegExp(String.raw`${path}(?:\s+eq\s+(${value}))?(?:\s+and\s+(?=\S)|$)`, "iy");

/** What a filter asks for, all of which must hold. Throws ScimError. */
export function parseFilter(text: string): Condition[] {
  const filter = text.trim();
  const conditions: Condition[] = [];
  for (let at = 0; at < filter.length || conditions.length === 0; at = term.lastIndex) {
    term.lastIndex = at;
    const found = filter.length > longest ? null : term.exec(filter);
    const condition = found && conditionOf(found);
    if (!condition) throw notUnderstood(filter);
    conditions.push(condition);
  }
  return conditions;
}

function conditionOf(found: RegExpExecArray): Condition | null {
  const [, name = "", inner, innerValue, sub, compared] = found;
  const attribute = attributeName(name);
  if (inner && compared) return { attribute: joined(attribute, sub), value: read(compared) };
  if (inner && !sub) return { attribute: joined(attribute, inner), value: read(innerValue!) };
  return compared && !inner ? { attribute, value: read(compared) } : null;
}

/** What the path of a patch names. Throws ScimError. */
export function parsePath(text: string): Path {
  const [, name, inner, innerValue, sub] = text.length > longest ? [] : wholePath.exec(text) ?? [];
  if (!name) {
    throw new ScimError(
      `The path ${quoted(text)} is not understood: name an attribute, as in name.familyName, ` +
        'emails[type eq "work"].value or members[value eq "an id"].',
      "invalidPath",
    );
  }
  const attribute = joined(attributeName(name), sub);
  if (!inner) return { attribute };
  return { attribute, where: { attribute: inner.toLowerCase(), value: read(innerValue!) } };
}

function joined(attribute: string, sub: string | undefined): string {
  return sub ? `${attribute}.${sub.toLowerCase()}` : attribute;
}

function read(literal: string): string | boolean {
  if (!literal.startsWith('"')) return literal.toLowerCase() === "true";
  try {
    return String(JSON.parse(literal));
  } catch {
    throw notUnderstood(literal);
  }
}

function notUnderstood(filter: string): ScimError {
  return new ScimError(
    `The filter ${quoted(filter)} is not understood: compare with eq, and join with and, ` +
      'as in userName eq "ana@example.com".',
    "invalidFilter",
  );
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
