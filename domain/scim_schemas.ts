import { schemas } from "./scim.ts";

// What we say of ourselves to directories: RFC 7643, 5 to 7. Only what is really kept.

interface Traits {
  required?: boolean;
  mutability?: "readOnly" | "readWrite";
  uniqueness?: "none" | "server";
  subAttributes?: Attribute[];
}

interface Attribute extends Required<Pick<Traits, "required" | "mutability" | "uniqueness">> {
  name: string;
  type: "string" | "boolean" | "complex" | "reference";
  description: string;
  multiValued: boolean;
  caseExact: boolean;
  returned: "default";
  subAttributes?: Attribute[];
}

function attribute(
  name: string,
  description: string,
  { required = false, mutability = "readWrite", uniqueness = "none", ...rest }: Traits = {},
): Attribute {
  const type = rest.subAttributes
    ? "complex"
    : name === "active" || name === "primary"
    ? "boolean"
    : "string";
  const traits = { multiValued: false, required, caseExact: name === "externalId", mutability };
  return { name, type, description, ...traits, returned: "default", uniqueness, ...rest };
}

const several = (each: Attribute): Attribute => ({ ...each, multiValued: true });

const user = [
  attribute("userName", "What the directory calls the user.", {
    required: true,
    uniqueness: "server",
  }),
  attribute("externalId", "The directory's own id of the user.", { uniqueness: "server" }),
  attribute("displayName", "The name that everybody sees."),
  attribute("name", "The parts of the name.", {
    subAttributes: [
      attribute("formatted", "The whole name."),
      attribute("givenName", "The given name."),
      attribute("familyName", "The family name."),
    ],
  }),
  several(attribute("emails", "The one mailbox that is written to.", {
    subAttributes: [
      attribute("value", "The address.", { required: true, uniqueness: "server" }),
      attribute("type", "Always work.", { mutability: "readOnly" }),
      attribute("primary", "Always true.", { mutability: "readOnly" }),
    ],
  })),
  attribute("active", "Whether the user signs in and gets mail."),
  several(attribute("groups", "The roles, which are given through /Groups.", {
    mutability: "readOnly",
    subAttributes: [
      attribute("value", "The id of the role.", { mutability: "readOnly" }),
      attribute("display", "The name of the role.", { mutability: "readOnly" }),
    ],
  })),
];

const group = [
  attribute("displayName", "The name of the role.", {
    mutability: "readOnly",
    uniqueness: "server",
  }),
  several(attribute("members", "Who holds the role.", {
    subAttributes: [
      attribute("value", "The id of a user.", { required: true }),
      attribute("display", "The name of the user.", { mutability: "readOnly" }),
    ],
  })),
];

/** The schemas of what can be provisioned. */
export const schemaResources = [
  { id: schemas.user, name: "User", description: "Somebody of the account.", attributes: user },
  { id: schemas.group, name: "Group", description: "A role of the account.", attributes: group },
].map((each) => ({ schemas: [schemas.schema], ...each }));

/** The kinds of what can be provisioned. */
export const resourceTypes = [
  { id: "User", endpoint: "/Users", schema: schemas.user },
  { id: "Group", endpoint: "/Groups", schema: schemas.group },
].map((each) => ({ schemas: [schemas.resourceType], name: each.id, ...each }));

/** What we can do, with at most so many results at a time. */
export function serviceProviderConfig(maxResults: number) {
  const none = { supported: false };
  return {
    schemas: [schemas.serviceProviderConfig],
    patch: { supported: true },
    bulk: { ...none, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults },
    changePassword: none,
    sort: none,
    etag: none,
    authenticationSchemes: [{
      type: "oauthbearertoken",
      name: "SCIM key",
      description: "A key of the account, as a bearer token. The studio gives it.",
      primary: true,
    }],
  };
}
