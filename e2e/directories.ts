// What directories send, as their vendors document it. The people are ours.
//
// Okta: https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20
// Microsoft Entra: https://learn.microsoft.com/en-us/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
// and, for the flag aadOptscim062020 and what comes without it:
// https://learn.microsoft.com/en-us/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility

const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

function patch(...Operations: Record<string, unknown>[]) {
  return { schemas: [patchOp], Operations };
}

export const okta = {
  findUser: (userName: string) =>
    `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}&startIndex=1&count=100`,
  createUser: {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName: "test.user@meridian-post.example",
    name: { givenName: "Test", familyName: "User" },
    emails: [{ primary: true, value: "test.user@meridian-post.example", type: "work" }],
    displayName: "Test User",
    locale: "en-US",
    externalId: "00ujl29u0le5T6Aj10h7",
    groups: [],
    password: "1mz050nq",
    active: true,
  },
  /** Okta changes what it got and sends it back whole. */
  updateUser: (id: string, { active }: { active: boolean }) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    id,
    userName: "test.user@meridian-post.example",
    name: { givenName: "Another", middleName: "Excited", familyName: "User" },
    emails: [{
      primary: true,
      value: "test.user@meridian-post.example",
      type: "work",
      display: "test.user@meridian-post.example",
    }],
    active,
    groups: [],
    meta: { resourceType: "User" },
  }),
  setActive: (active: boolean) => patch({ op: "replace", value: { active } }),
  importGroups: "/Groups?startIndex=1&count=100",
  createGroup: (displayName: string) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName,
    members: [],
  }),
  nameGroup: (id: string, displayName: string) =>
    patch({ op: "replace", value: { id, displayName } }),
  exchangeMembers: (gone: string, come: string) =>
    patch(
      { op: "remove", path: `members[value eq "${gone}"]` },
      { op: "add", path: "members", value: [{ value: come, display: "test.user@okta.local" }] },
    ),
  replaceMembers: (...ids: string[]) =>
    patch({
      op: "replace",
      path: "members",
      value: ids.map((value) => ({ value, display: value })),
    }),
};

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

export const entra = {
  createUser: {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
    externalId: "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
    userName: "Test_User_00aa00aa-bb11-cc22-dd33-44ee44ee44ee",
    active: true,
    emails: [{
      primary: true,
      type: "work",
      value: "Test_User_11bb11bb-cc22-dd33-ee44-55ff55ff55ff@testuser.com",
    }],
    meta: { resourceType: "User" },
    name: {
      formatted: "givenName familyName",
      familyName: "familyName",
      givenName: "givenName",
    },
    roles: [],
  },
  findUser: (attribute: string, value: string) =>
    `/Users?filter=${encodeURIComponent(`${attribute} eq "${value}"`)}`,
  updateMailAndName: patch(
    { op: "Replace", path: 'emails[type eq "work"].value', value: "updatedEmail@microsoft.com" },
    { op: "Replace", path: "name.familyName", value: "updatedFamilyName" },
  ),
  updateUserName: patch({
    op: "Replace",
    path: "userName",
    value: "5b50642d-79fc-4410-9e90-4c077cdd1a59@testuser.com",
  }),
  /** With the flag that makes requests compliant. */
  updateSeveral: patch(
    {
      op: "replace",
      path: 'emails[type eq "work"].value',
      value: "TestMhvaes@test.microsoft.com",
    },
    {
      op: "replace",
      value: {
        displayName: "Bjfe",
        "name.givenName": "Kkom",
        "name.familyName": "Unua",
        [`${enterprise}:employeeNumber`]: "Aklq",
      },
    },
  ),
  addNickName: patch({ op: "Add", path: "nickName", value: "Babs" }),
  replaceEmployeeNumber: patch({
    op: "Replace",
    path: `${enterprise}:employeeNumber`,
    value: "Eqpj",
  }),
  disableUser: patch({ op: "Replace", path: "active", value: false }),
  disableUserInWords: patch({ op: "Replace", path: "active", value: "False" }),
  findGroup: (displayName: string) =>
    `/Groups?excludedAttributes=members&filter=${
      encodeURIComponent(`displayName eq "${displayName}"`)
    }`,
  isMember: (group: string, user: string) =>
    `/Groups?filter=${encodeURIComponent(`id eq "${group}" and members eq "${user}"`)}`,
  addMember: (value: string) =>
    patch({ op: "Add", path: "members", value: [{ $ref: null, value }] }),
  removeMember: (value: string) =>
    patch({ op: "Remove", path: "members", value: [{ $ref: null, value }] }),
  renameGroup: patch({ op: "Replace", path: "displayName", value: "updatedDisplayName" }),
};
