import type { AuditDeed, AuditState } from "../domain/audit.ts";

// What the people of the cast did before the demo begins, as far as pages tell of it: it led to how they are now.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** When somebody came and was last there, in milliseconds before now; null for who never signed in. */
interface Presence {
  joined: number;
  signedIn: number | null;
}

/** Piotr left; Agnes was invited and has not looked yet. */
export const presences: Record<string, Presence> = {
  "nora-whitlock": { joined: 311 * day, signedIn: 2 * hour },
  "desmond-achebe": { joined: 388 * day, signedIn: 26 * hour },
  "ingrid-solheim": { joined: 203 * day, signedIn: 8 * day },
  "piotr-zielinski": { joined: 365 * day, signedIn: 31 * day },
  "ana-ruiz": { joined: 294 * day, signedIn: 40 * minute },
  "marcus-okafor": { joined: 341 * day, signedIn: 19 * hour },
  "priya-raman": { joined: 24 * day + 4 * hour + 12 * minute, signedIn: 3 * day },
  "helen-brandt": { joined: 372 * day, signedIn: 9 * day },
  "kavya-nair": { joined: 87 * day, signedIn: 5 * hour },
  "tomasz-wrona": { joined: 352 * day, signedIn: 2 * day },
  "grace-lindqvist": { joined: 395 * day, signedIn: 75 * minute },
  "samir-haddad": { joined: 395 * day, signedIn: 28 * hour },
  "lucia-ferrer": { joined: 156 * day, signedIn: 22 * hour },
  "han-seo-yeon": { joined: 118 * day, signedIn: 13 * hour },
  "isabel-teixeira": { joined: 240 * day, signedIn: 4 * day },
  "agnes-moyle": { joined: 16 * day + 2 * hour + 53 * minute, signedIn: null },
};

/** How long ago those left who are deactivated, and who saw to it. */
export const departure = { ago: 27 * day + 5 * hour + 41 * minute, by: "desmond-achebe" };

/** Something that one person did to another. */
export interface PastDeed {
  /** In milliseconds before now. */
  ago: number;
  by: string;
  deed: AuditDeed;
  whom: string;
  before?: AuditState;
  after?: AuditState;
}

/** The oldest first, all since the last departure. */
export const deeds: readonly PastDeed[] = [
  {
    ago: 24 * day + 4 * hour + 12 * minute,
    by: "helen-brandt",
    deed: "invited",
    whom: "priya-raman",
    after: {
      email: "priya.raman@meridian-post.example",
      roles: ["fulfillment-partner-operations"],
    },
  },
  {
    ago: 20 * day + 7 * hour + 26 * minute,
    by: "desmond-achebe",
    deed: "roles changed",
    whom: "ingrid-solheim",
    before: { roles: ["content-partner-operations"] },
    after: { roles: ["master-content-partner-operations"] },
  },
  {
    ago: 16 * day + 2 * hour + 53 * minute,
    by: "samir-haddad",
    deed: "invited",
    whom: "agnes-moyle",
    after: { email: "agnes.moyle@petrel-and-finch.example", roles: ["content-partner-operations"] },
  },
  {
    ago: 9 * day + 3 * hour + 8 * minute,
    by: "helen-brandt",
    deed: "roles changed",
    whom: "marcus-okafor",
    before: { roles: ["fulfillment-partner-operations", "account-admin"] },
    after: { roles: ["fulfillment-partner-operations"] },
  },
  {
    ago: 28 * hour,
    by: "samir-haddad",
    deed: "began viewing as",
    whom: "ana-ruiz",
  },
  {
    ago: 28 * hour - 6 * minute,
    by: "samir-haddad",
    deed: "ended viewing as",
    whom: "ana-ruiz",
  },
];
