import { parseAddress } from "./addresses.ts";
import { nameOfAddress, personName } from "./invitations.ts";
import { attributesOf, ScimError } from "./scim.ts";
import type { Path } from "./scim_filters.ts";
import { assignments, type Operation } from "./scim_patches.ts";

/** A person as their company's directory has them. */
export interface DirectoryEntry {
  userName: string;
  externalId: string | null;
  name: string;
  givenName: string | null;
  familyName: string | null;
  /** The one mailbox that we write to. */
  email: string;
  active: boolean;
}

/** A given and a family name: those that the directory said, or where it did not, the parts of the whole. */
export function namesOf(
  { name, givenName, familyName }: Pick<DirectoryEntry, "name" | "givenName" | "familyName">,
): Pick<DirectoryEntry, "givenName" | "familyName"> {
  const words = name.split(" ");
  return {
    givenName: givenName ?? (words.slice(0, -1).join(" ") || name),
    familyName: familyName ?? (words.length > 1 ? words.at(-1)! : null),
  };
}

/** What a request says of a person: undefined where it says nothing, null where it takes something away. */
interface Said {
  userName?: string | null;
  externalId?: string | null;
  displayName?: string | null;
  formatted?: string | null;
  givenName?: string | null;
  familyName?: string | null;
  email?: string | null;
  active?: boolean | null;
  /** Where the directory says the person is. */
  timezone?: string | null;
}

/** A person who is new to us. Throws ScimError. */
export function newEntry(body: unknown): DirectoryEntry & { timezone: string | null } {
  const said = saidBy(body);
  const { userName, timezone = null } = said;
  if (!userName) throw new ScimError("userName is missing: send one.", "invalidValue");
  const email = mailbox(said.email ?? userName);
  const { externalId = null, givenName = null, familyName = null, active } = said;
  const name = said.displayName ?? said.formatted ?? joined(givenName, familyName);
  return {
    ...{ userName, externalId, givenName, familyName, email, timezone, active: active ?? true },
    name: personName(name) || nameOfAddress(email),
  };
}

/** The person after a PUT. What it does not mention stays: directories send what they map, and no more. Throws ScimError. */
export function replaced(entry: DirectoryEntry, body: unknown): DirectoryEntry {
  return becoming(entry, saidBy(body));
}

/** The person after a PATCH. Throws ScimError. */
export function patched(entry: DirectoryEntry, operations: readonly Operation[]): DirectoryEntry {
  return operations.reduce((before, operation) => {
    const said: Said = {};
    for (const [path, value] of assignments(operation)) {
      const isKnown = take(said, path, value);
      if (!isKnown && operation.path) throw unknownPath(path);
    }
    return becoming(before, said);
  }, entry);
}

function saidBy(body: unknown): Said {
  const said: Said = {};
  for (const [attribute, value] of attributesOf(body)) take(said, { attribute }, value);
  return said;
}

const texts = new Map<string, Exclude<keyof Said, "active">>([
  ["username", "userName"],
  ["externalid", "externalId"],
  ["displayname", "displayName"],
  ["name.formatted", "formatted"],
  ["name.givenname", "givenName"],
  ["name.familyname", "familyName"],
  ["emails.value", "email"],
  ["timezone", "timezone"],
]);

/** What the standard has and we do not keep: directories map it whether or not anybody wants it. */
const passedOver = new RegExp(
  "^(schemas|id|meta|password|groups|roles|entitlements|title|nickname|profileurl|usertype|locale|preferredlanguage" +
    "|phonenumbers|ims|photos|addresses|x509certificates|emails" +
    "|name\\.(middlename|honorificprefix|honorificsuffix))(\\..*)?$|^urn:",
);

/** Notes what is said of an attribute; false for one that nobody knows. */
function take(said: Said, { attribute, where }: Path, value: unknown): boolean {
  const member = texts.get(attribute);
  if (attribute === "active") said.active = flag(value);
  else if (where && attribute.startsWith("emails")) takeOneOfSeveral(said, attribute, where, value);
  else if (member) said[member] = text(attribute, value);
  else if (attribute === "emails") said.email = value === null ? null : mainAddress(value);
  else if (attribute === "name" && value !== null) {
    for (const [name, each] of attributesOf(value)) take(said, { attribute: `name.${name}` }, each);
  } else return passedOver.test(attribute);
  return true;
}

/** Of the addresses that a directory has of somebody, the one at work or the main one is the mailbox; others stay there. */
function takeOneOfSeveral(
  said: Said,
  attribute: string,
  where: NonNullable<Path["where"]>,
  value: unknown,
): void {
  if (where.value !== "work" && where.attribute !== "primary") return;
  if (attribute === "emails.value") said.email = text(attribute, value);
  if (attribute === "emails") said.email = value === null ? null : mainAddress(value);
}

function mainAddress(value: unknown): string | null {
  const list = (Array.isArray(value) ? value : [value]).map((each) =>
    typeof each === "string" ? { value: each } : Object.fromEntries(attributesOf(each))
  );
  const main = list.find(({ primary }) => primary !== undefined && flag(primary)) ??
    list.find(({ type }) => type === "work") ?? list[0];
  return main ? text("emails.value", main.value) : null;
}

const longestText = 256;

function text(attribute: string, value: unknown): string | null {
  if (value === null || value === "") return null;
  if (typeof value === "string" && value.length <= longestText) return value;
  throw new ScimError(
    `${attribute} is no text of at most ${longestText} characters.`,
    "invalidValue",
  );
}

/** Entra sends "False" for false. */
function flag(value: unknown): boolean | null {
  if (value === null || typeof value === "boolean") return value;
  const word = String(value).toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  throw new ScimError("active is neither true nor false.", "invalidValue");
}

function becoming(before: DirectoryEntry, said: Said): DirectoryEntry {
  const { userName, email, active } = said;
  for (const [name, value] of Object.entries({ userName, active, emails: email })) {
    if (value === null) {
      throw new ScimError(`${name} cannot be taken away, only replaced.`, "mutability");
    }
  }
  const after = {
    userName: userName ?? before.userName,
    externalId: kept(said.externalId, before.externalId),
    givenName: kept(said.givenName, before.givenName),
    familyName: kept(said.familyName, before.familyName),
    email: email ? mailbox(email) : before.email,
    active: active ?? before.active,
  };
  return { ...after, name: personName(nameAfter(before, said, after)) || before.name };
}

function kept<T>(said: T | undefined, before: T): T {
  return said === undefined ? before : said;
}

/** Of several ways to say a name, the one that says something new. */
function nameAfter(
  before: DirectoryEntry,
  { displayName, formatted }: Said,
  { givenName, familyName }: Pick<DirectoryEntry, "givenName" | "familyName">,
): string {
  for (const whole of [displayName, formatted]) {
    if (whole && whole !== before.name) return whole;
  }
  const isSame = givenName === before.givenName && familyName === before.familyName;
  return isSame ? before.name : joined(givenName, familyName);
}

function joined(givenName: string | null, familyName: string | null): string {
  return [givenName, familyName].filter(Boolean).join(" ");
}

function mailbox(text: string): string {
  const address = parseAddress(text);
  if (address) return address;
  throw new ScimError(
    'Nobody can be written to without an email address: send one as emails[type eq "work"].value.',
    "invalidValue",
  );
}

function unknownPath({ attribute }: Path): ScimError {
  return new ScimError(
    `A user has no ${attribute.slice(0, 100)} here: leave it out of your mapping.`,
    "invalidPath",
  );
}
