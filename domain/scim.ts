// SCIM 2.0, by which a company's directory tells us who works there: RFC 7643 (what) and RFC 7644 (how).

/** Why a request is refused, in the words of RFC 7644, 3.12. */
export type ScimType =
  | "invalidFilter"
  | "invalidPath"
  | "invalidSyntax"
  | "invalidValue"
  | "mutability"
  | "noTarget"
  | "tooMany"
  | "uniqueness";

/** A request that cannot be done; its message says what to do instead. */
export class ScimError extends Error {
  override name = "ScimError";
  constructor(
    message: string,
    readonly scimType?: ScimType,
    readonly status: 400 | 403 | 404 | 409 | 413 | 501 = 400,
  ) {
    super(message);
  }
}

const messages = "urn:ietf:params:scim:api:messages:2.0:";
const core = "urn:ietf:params:scim:schemas:core:2.0:";

/** The names of what is sent to and fro. */
export const schemas = {
  user: `${core}User`,
  group: `${core}Group`,
  schema: `${core}Schema`,
  resourceType: `${core}ResourceType`,
  serviceProviderConfig: `${core}ServiceProviderConfig`,
  list: `${messages}ListResponse`,
  error: `${messages}Error`,
} as const;

/** The attribute as we compare it: in small letters and without the schemas that every directory knows. */
export function attributeName(text: string): string {
  const name = text.toLowerCase();
  for (const schema of [schemas.user, schemas.group]) {
    const prefix = `${schema.toLowerCase()}:`;
    if (name.startsWith(prefix)) return name.slice(prefix.length);
  }
  return name;
}

/** What a directory sent as an object, by the names of its attributes; throws ScimError for anything else. */
export function attributesOf(value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ScimError("Send a JSON object with the attributes as its members.", "invalidSyntax");
  }
  return Object.entries(value).map(([name, each]) => [attributeName(name), each]);
}
