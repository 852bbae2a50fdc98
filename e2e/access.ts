// Who may do what, route by route. A route that is missing here fails `access_test.ts`.

/** Who asks. The first seven have no session that counts. */
export const askers = [
  "nobody",
  "forged session",
  "expired session",
  "deactivated",
  "api key",
  "SCIM key",
  "SCIM key elsewhere",
  "ana",
  "colleague and admin",
  "elsewhere",
  "admin elsewhere",
  "studio",
  "studio admin",
  "viewing as Ana",
] as const;
export type Asker = typeof askers[number];

/** What an answer comes to: the way to sign in, or a refusal by its status; anything else is let in. */
export type Outcome = "in" | "sign in" | 401 | 403 | 404 | 503;

/** Whoever is not named gets the rest of it; whoever views as Ana is told elsewhere. */
type Access = Partial<Record<Asker, Outcome>> & { rest: Outcome };

const strangers: Partial<Access> = {
  "nobody": "sign in",
  "forged session": "sign in",
  "expired session": "sign in",
  "deactivated": "sign in",
  "api key": "sign in",
  "SCIM key": "sign in",
  "SCIM key elsewhere": "sign in",
};
const admin = "colleague and admin";
const studio: Partial<Access> = { "studio": "in", "studio admin": "in" };

/** Each kind of access: who is let in, and what the others are told. Of what is not theirs, people learn nothing. */
const accesses = {
  "anybody's": { rest: "in" },
  "the signed-in people's": { ...strangers, rest: "in" },
  "Ana's": { ...strangers, ana: "in", rest: 404 },
  "hers, were she an admin": { ...strangers, ana: 403, rest: 404 },
  "her account's": { ...strangers, ana: "in", [admin]: "in", ...studio, rest: 404 },
  "the account admins'": {
    ...strangers,
    [admin]: "in",
    "admin elsewhere": "in",
    "studio admin": "in",
    rest: 403,
  },
  "the auditors'": {
    ...strangers,
    [admin]: "in",
    "admin elsewhere": "in",
    ...studio,
    rest: 403,
  },
  "her account admin's": {
    ...strangers,
    [admin]: "in",
    "admin elsewhere": 404,
    "studio admin": 404,
    rest: 403,
  },
  // The studio and Cleo's account have other roles.
  "a role's, of her account's admin": {
    ...strangers,
    [admin]: "in",
    "admin elsewhere": 404,
    "studio admin": 404,
    rest: 403,
  },
  "the studio's": { ...strangers, ...studio, rest: 403 },
  "the studio admins'": { ...strangers, "studio admin": "in", rest: 403 },
  "an API key's": { "api key": "in", rest: 401 },
  "the SCIM keys'": { "SCIM key": "in", "SCIM key elsewhere": "in", rest: 401 },
  "her account's SCIM key's": { "SCIM key": "in", "SCIM key elsewhere": 404, rest: 401 },
  "not even the SCIM keys'": { "SCIM key": 403, "SCIM key elsewhere": 403, rest: 401 },
  "not even her SCIM key's": { "SCIM key": 403, "SCIM key elsewhere": 404, rest: 401 },
  "a signed link's": { rest: 404 },
  "Mailgun's": { rest: 503 },
  "known by its name": { rest: 404 },
} satisfies Record<string, Access>;

/** What a route is asked with; `:id`, `:seq` and `:change` stand for what is Ana's. */
interface Row {
  access: keyof typeof accesses;
  form?: Record<string, string>;
  /** What is sent as JSON instead of a form. */
  json?: unknown;
  /** Whether whoever views as Ana may do it: a question, or what is their own affair. */
  whileViewing?: true;
}

/** What somebody is told who asks for what only these may. */
export function expected(asker: Asker, route: string): Outcome {
  const { access, whileViewing } = table[route]!;
  const outcomes: Access = accesses[access];
  if (asker !== "viewing as Ana") return outcomes[asker] ?? outcomes.rest;
  // Some routes do not ask whose session it is.
  const isAnybodys = outcomes.nobody === undefined;
  if (route.startsWith("GET") || whileViewing || isAnybodys) return outcomes.ana ?? outcomes.rest;
  return 403;
}

const form = { type: "source-request.delivered", frequency: "weekly" };
const operations = { Operations: [{ op: "add", path: "externalId", value: "e-1" }] };

export const table: Record<string, Row> = {
  "GET /static/:file": { access: "known by its name" },
  "GET /healthz": { access: "anybody's" },
  "GET /readyz": { access: "anybody's" },
  "GET /openapi.json": { access: "anybody's" },
  "GET /docs": { access: "anybody's" },
  "GET /sign-in": { access: "anybody's" },
  "POST /sign-in": { access: "anybody's", form: { email: "nobody@elsewhere.example" } },
  "GET /sign-in/:token": { access: "anybody's" },
  "POST /sign-in/:token": { access: "anybody's" },
  "GET /sign-in/oidc": { access: "known by its name" },
  "GET /sign-in/oidc/callback": { access: "known by its name" },
  "POST /sign-out": { access: "anybody's" },
  "GET /": { access: "the signed-in people's" },

  "POST /api/events": { access: "an API key's" },
  "GET /scim/v2/ServiceProviderConfig": { access: "the SCIM keys'" },
  "GET /scim/v2/ResourceTypes": { access: "the SCIM keys'" },
  "GET /scim/v2/ResourceTypes/:id": { access: "the SCIM keys'" },
  "GET /scim/v2/Schemas": { access: "the SCIM keys'" },
  "GET /scim/v2/Schemas/:id": { access: "the SCIM keys'" },
  "GET /scim/v2/Users": { access: "the SCIM keys'" },
  "POST /scim/v2/Users": { access: "the SCIM keys'", json: { userName: "eva@lumen.example" } },
  "GET /scim/v2/Users/:id": { access: "her account's SCIM key's" },
  "PUT /scim/v2/Users/:id": { access: "her account's SCIM key's", json: {} },
  "PATCH /scim/v2/Users/:id": { access: "her account's SCIM key's", json: operations },
  "DELETE /scim/v2/Users/:id": { access: "her account's SCIM key's" },
  "GET /scim/v2/Groups": { access: "the SCIM keys'" },
  "POST /scim/v2/Groups": { access: "not even the SCIM keys'", json: { displayName: "All" } },
  "GET /scim/v2/Groups/:id": { access: "her account's SCIM key's" },
  "PUT /scim/v2/Groups/:id": { access: "her account's SCIM key's", json: {} },
  "PATCH /scim/v2/Groups/:id": { access: "her account's SCIM key's", json: operations },
  "DELETE /scim/v2/Groups/:id": { access: "not even her SCIM key's" },
  "POST /webhooks/mailgun": { access: "Mailgun's" },
  "GET /mute/:token": { access: "a signed link's" },
  "GET /mute/:token/:id": { access: "a signed link's" },
  "POST /mute/:token": { access: "a signed link's" },
  "DELETE /mute/:token": { access: "a signed link's" },
  "PUT /mute/:token/undo/:change": { access: "a signed link's" },

  "GET /notifications": { access: "the signed-in people's" },
  "POST /notifications": { access: "the signed-in people's", form },
  "GET /notifications/new": { access: "the signed-in people's" },
  "POST /notifications/draft": { access: "the signed-in people's", form, whileViewing: true },
  "POST /notifications/forecast": { access: "the signed-in people's", form, whileViewing: true },
  "POST /notifications/titles": { access: "the signed-in people's", form, whileViewing: true },
  "POST /notifications/selection": { access: "the signed-in people's", form: { do: "mute" } },
  "GET /notifications/export": { access: "the signed-in people's" },
  "GET /notifications/import": { access: "the signed-in people's" },
  "POST /notifications/import/report": { access: "the signed-in people's", form: { text: "" } },
  "POST /notifications/import": {
    access: "the signed-in people's",
    form: { text: "", attempt: "00000000-0000-4000-8000-000000000001" },
  },
  "GET /notifications/:id": { access: "Ana's" },
  "PUT /notifications/:id": { access: "Ana's", form: { ...form, version: "1" } },
  "DELETE /notifications/:id": { access: "Ana's" },
  "GET /notifications/:id/edit": { access: "Ana's" },
  "GET /notifications/:id/events": { access: "Ana's" },
  "GET /notifications/:id/snooze": { access: "Ana's" },
  "GET /notifications/:id/copies": { access: "hers, were she an admin" },
  "POST /notifications/:id/copies": {
    access: "hers, were she an admin",
    form: { attempt: "00000000-0000-4000-8000-000000000000", to: "ben" },
  },
  "PUT /notifications/:id/mute": { access: "Ana's" },
  "DELETE /notifications/:id/mute": { access: "Ana's" },
  "PUT /notifications/changes/:change/undo": { access: "Ana's" },

  "GET /emails/:id": { access: "Ana's" },
  "GET /emails/:id/letter": { access: "Ana's" },
  "GET /events/:seq": { access: "her account's" },
  "GET /history": { access: "the signed-in people's" },
  "GET /history/:frequency": { access: "the signed-in people's" },
  "GET /noise": { access: "the signed-in people's" },
  "GET /noise/events": { access: "the signed-in people's" },
  "POST /noise/suggestions": { access: "the signed-in people's" },
  "GET /schedule": { access: "the signed-in people's" },
  "PUT /schedule/times": { access: "the signed-in people's" },
  "PUT /schedule/zone": { access: "the signed-in people's", form: { zone: "UTC" } },
  "PUT /schedule/pause": { access: "the signed-in people's" },
  "DELETE /schedule/pause": { access: "the signed-in people's" },
  "DELETE /schedule/opt-outs/:optOut": { access: "the signed-in people's" },

  "GET /sessions": { access: "the signed-in people's" },
  "DELETE /sessions/others": { access: "the signed-in people's", whileViewing: true },
  "DELETE /sessions/:id": { access: "the signed-in people's", whileViewing: true },
  "DELETE /viewing": { access: "anybody's" },

  "GET /support": { access: "the signed-in people's" },
  "POST /support": {
    access: "the signed-in people's",
    form: { reference: "CB-22222-22222", words: "Help" },
  },
  "GET /support/:reference": { access: "the signed-in people's" },

  "GET /people": { access: "the account admins'" },
  "GET /people/list.csv": { access: "the account admins'" },
  "GET /people/invitations": { access: "the account admins'" },
  "POST /people/invitations": { access: "the account admins'", form: { people: "Gil" } },
  "GET /people/prepared": { access: "the account admins'" },
  "GET /people/prepared/:role": { access: "a role's, of her account's admin" },
  "POST /people/prepared/:role": {
    access: "a role's, of her account's admin",
    form: { from: "1" },
  },
  "DELETE /people/prepared/:id": { access: "the account admins'" },
  "GET /people/:id": { access: "her account admin's" },
  "PUT /people/:id/roles": {
    access: "her account admin's",
    form: { role: "fulfillment-partner-operations", held: "fulfillment-partner-operations" },
  },
  "GET /people/:id/deactivation": { access: "her account admin's" },
  "PUT /people/:id/deactivation": { access: "her account admin's" },
  "DELETE /people/:id/deactivation": { access: "her account admin's" },
  "DELETE /people/:id/address-failure": { access: "her account admin's" },
  "PUT /people/:id/viewing": { access: "the studio admins'" },
  ...peopleOfAccounts(),
  "GET /accounts": { access: "the studio admins'" },
  "GET /accounts/new": { access: "the studio admins'" },
  "POST /accounts": { access: "the studio admins'", form: { name: "Quay", profile: "qc" } },
  "GET /accounts/:account": { access: "the studio admins'" },
  "PUT /accounts/:account": { access: "the studio admins'", form: { name: "Meridian" } },
  "GET /keys": { access: "the studio admins'" },
  "GET /keys/new": { access: "the studio admins'" },
  "POST /keys": {
    access: "the studio admins'",
    form: { name: "materials", attempt: "0192f0c1-2a3b-7c4d-8e5f-60718293a4b5" },
  },
  "GET /keys/:id/revocation": { access: "the studio admins'" },
  "PUT /keys/:id/revocation": { access: "the studio admins'" },
  "GET /audit": { access: "the auditors'" },
  "GET /audit/list.csv": { access: "the auditors'" },
  "GET /operations": { access: "the studio's" },
  "PUT /operations/emails/:id/retry": { access: "the studio's" },
  "PUT /operations/emails/:id/cancellation": { access: "the studio's" },
  "PUT /operations/emails/:id/resending": { access: "the studio's" },
  "GET /explorer": { access: "the studio's" },
  "GET /explorer/:seq": { access: "the studio's" },
};

/** The pages for an account's people, which the studio's admins have for every account. */
function peopleOfAccounts(): Record<string, Row> {
  const access = "the studio admins'";
  const role = { role: "fulfillment-partner-operations", held: "fulfillment-partner-operations" };
  const forms: Record<string, Row["form"]> = {
    "GET ": {},
    "GET /list.csv": {},
    "GET /invitations": {},
    "POST /invitations": { people: "Gil" },
    "GET /:id": {},
    "PUT /:id/roles": role,
    "GET /:id/deactivation": {},
    "PUT /:id/deactivation": {},
    "DELETE /:id/deactivation": {},
    "DELETE /:id/address-failure": {},
  };
  return Object.fromEntries(
    Object.entries(forms).map(([route, form]) => {
      const [method, path] = route.split(" ");
      return [`${method} /accounts/:account/people${path}`, { access, form }];
    }),
  );
}
