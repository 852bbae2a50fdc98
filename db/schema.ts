import { sql } from "drizzle-orm";
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { Frequency, Profile, Role } from "../domain/catalogue.ts";
import type { AuditDeed, AuditState, Via } from "../domain/audit.ts";
import type { ChangeRecord } from "../domain/changes.ts";
import type { Condition } from "../domain/conditions.ts";
import type { EmailContent } from "../domain/compose.ts";
import type { Delivery } from "../domain/email_states.ts";
import type { EventData } from "../domain/events.ts";
import type { OptOut } from "../domain/opt_outs.ts";

// Every instant is an integer: milliseconds since the epoch.

/** A partner company, or the studio. `id` is the name that events use for it. */
export const accounts = sqliteTable("accounts", {
  id: text().primaryKey(),
  name: text().notNull(),
  profile: text().$type<Profile>().notNull(),
  createdAt: integer("created_at").notNull(),
  /** Everything up to this `seq` was considered for the immediate notifications of this account. */
  dispatched: integer().notNull().default(0),
  /** Moves with every change to a user or a notification of the account: what was compiled or composed before is stale. */
  settingsVersion: integer("settings_version").notNull().default(0),
  /** Moves with everything that is composed or taken back: whoever composed from an older state must look again. */
  turn: integer().notNull().default(0),
  /** Until when no other process begins to compose here, because somebody who did was refused by others' turns. */
  claimedUntil: integer("claimed_until"),
});

export const users = sqliteTable("users", {
  id: text().primaryKey(),
  accountId: text("account_id").notNull().references(() => accounts.id),
  /** Lower case; one mailbox, one person. */
  email: text().notNull(),
  name: text().notNull(),
  roles: text({ mode: "json" }).$type<Role[]>().notNull(),
  zone: text().notNull().default("UTC"),
  /** When the person said that `zone` is right; null while it is only a guess. */
  zoneConfirmedAt: integer("zone_confirmed_at"),
  /** The hour of the daily and the weekly digest, 0 to 23, in `zone`. */
  digestHour: integer("digest_hour").notNull().default(8),
  /** The day of the weekly digest, 1 (Monday) to 7. */
  digestWeekday: integer("digest_weekday").notNull().default(1),
  /** Set while mail is paused, and until the first email afterwards has caught up. */
  pausedUntil: integer("paused_until"),
  /** Quiet hours, from and until these hours of the wall clock in `zone`, 0 to 23; both null without any. */
  quietFrom: integer("quiet_from"),
  quietUntil: integer("quiet_until"),
  /** Immediate mail is held back until this instant, the end of quiet hours or of a burst that is going on. */
  heldUntil: integer("held_until"),
  /** True while the immediate notifications must be read from their own bookmarks, not from the account's `dispatched`. */
  behind: integer({ mode: "boolean" }).notNull().default(false),
  /** When the provider said for good that this address takes no mail. */
  addressFailedAt: integer("address_failed_at"),
  /** When the person marked one of our emails as spam; the address counts as failed from then on. */
  complainedAt: integer("complained_at"),
  /** What the person unsubscribed from as a whole; Default notifications that it covers arrive muted. */
  optOuts: text("opt_outs", { mode: "json" }).$type<OptOut[]>().notNull().default([]),
  /** Who the person is to single sign-on, from the first sign-in by it on. The address may change afterwards. */
  oidcIssuer: text("oidc_issuer"),
  oidcSubject: text("oidc_subject"),
  deactivatedAt: integer("deactivated_at"),
  /** When the person last signed in, whether or not that session still lasts. */
  signedInAt: integer("signed_in_at"),
  createdAt: integer("created_at").notNull(),
}, (table) => [
  uniqueIndex("users_email").on(table.email),
  uniqueIndex("users_oidc").on(table.oidcIssuer, table.oidcSubject)
    .where(sql`oidc_subject IS NOT NULL`),
  index("users_account").on(table.accountId),
  index("users_behind").on(table.behind).where(sql`behind = 1`),
]);

/** What a company's directory calls a user whom it provisions by SCIM; what it did not say is null. */
export const directoryEntries = sqliteTable("directory_entries", {
  userId: text("user_id").primaryKey().references(() => users.id),
  accountId: text("account_id").notNull().references(() => accounts.id),
  userName: text("user_name"),
  externalId: text("external_id"),
  givenName: text("given_name"),
  familyName: text("family_name"),
}, (table) => [
  uniqueIndex("directory_entries_user_name").on(
    table.accountId,
    sql`${table.userName} COLLATE NOCASE`,
  ),
  uniqueIndex("directory_entries_external_id").on(table.accountId, table.externalId),
]);

/** A standing query over the event log, plus a bookmark. */
export const notifications = sqliteTable("notifications", {
  id: integer().primaryKey({ autoIncrement: true }),
  userId: text("user_id").notNull().references(() => users.id),
  kind: text().$type<"default" | "custom">().notNull(),
  type: text().notNull(),
  conditions: text({ mode: "json" }).$type<Condition[]>().notNull(),
  frequency: text().$type<Frequency>().notNull(),
  /** Equal for two that ask the same at the same frequency: `domain/conditions.ts`. */
  fingerprint: text().notNull(),
  /** The last `seq` that this notification has already accounted for. */
  bookmark: integer().notNull(),
  mutedAt: integer("muted_at"),
  /** The end of a mute that ends by itself; null for one that does not. */
  mutedUntil: integer("muted_until"),
  createdAt: integer("created_at").notNull(),
  /** Moves with every edit, so that two tabs cannot overwrite each other unnoticed. */
  version: integer().notNull().default(1),
  deletedAt: integer("deleted_at"),
}, (table) => [
  uniqueIndex("notifications_default").on(table.userId, table.type).where(sql`kind = 'default'`),
  uniqueIndex("notifications_custom").on(table.userId, table.fingerprint)
    .where(sql`kind = 'custom' AND deleted_at IS NULL`),
  index("notifications_user").on(table.userId),
  index("notifications_listening").on(table.userId)
    .where(sql`frequency = 'immediately' AND deleted_at IS NULL AND muted_at IS NULL`),
  index("notifications_deleted").on(table.deletedAt).where(sql`deleted_at IS NOT NULL`),
  index("notifications_snoozed").on(table.mutedUntil).where(sql`muted_until IS NOT NULL`),
]);

/** What an account's admins prepared for whoever gets a role for the first time. */
export const prepared = sqliteTable("prepared", {
  id: integer().primaryKey({ autoIncrement: true }),
  accountId: text("account_id").notNull().references(() => accounts.id),
  role: text().$type<Role>().notNull(),
  type: text().notNull(),
  conditions: text({ mode: "json" }).$type<Condition[]>().notNull(),
  frequency: text().$type<Frequency>().notNull(),
  fingerprint: text().notNull(),
  createdAt: integer("created_at").notNull(),
}, (table) => [uniqueIndex("prepared_once").on(table.accountId, table.role, table.fingerprint)]);

/** The roles that each person ever held: what is prepared for one is given with it once. */
export const heldRoles = sqliteTable("held_roles", {
  userId: text("user_id").notNull().references(() => users.id),
  role: text().$type<Role>().notNull(),
}, (table) => [primaryKey({ columns: [table.userId, table.role] })]);

/** What people did to their notifications lately, so that it can be undone. */
export const changes = sqliteTable("changes", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  at: integer().notNull(),
  /** What was done, and the notifications that it touched as they were: `db/changes.ts`. */
  before: text({ mode: "json" }).$type<ChangeRecord>().notNull(),
  undoneAt: integer("undone_at"),
}, (table) => [index("changes_user").on(table.userId), index("changes_at").on(table.at)]);

/** Who changed what, from where, when, and what it was before and after. Triggers of the migration refuse changes, and deletion within a month. */
export const audit = sqliteTable(
  "audit",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    /** Null where it concerns no single account. */
    accountId: text("account_id"),
    /** Null for whoever runs the service. */
    actorId: text("actor_id"),
    via: text().$type<Via>().notNull(),
    deed: text().$type<AuditDeed>().notNull(),
    subject: text().notNull(),
    subjectId: text("subject_id").notNull(),
    /** Whose it is. */
    userId: text("user_id"),
    before: text({ mode: "json" }).$type<AuditState>(),
    after: text({ mode: "json" }).$type<AuditState>(),
  },
  (table) => [
    index("audit_account").on(table.accountId, table.id),
    index("audit_at").on(table.at),
    index("audit_viewings").on(table.userId, table.id).where(
      sql`deed IN ('began viewing as', 'ended viewing as')`,
    ),
  ],
);

/** When the next digest of a person is due, for each frequency at which that person has notifications. */
export const digests = sqliteTable("digests", {
  userId: text("user_id").notNull().references(() => users.id),
  frequency: text().$type<Exclude<Frequency, "immediately">>().notNull(),
  nextAt: integer("next_at").notNull(),
  /** The window that was composed last, whether or not it held anything. */
  lastAt: integer("last_at"),
}, (table) => [
  primaryKey({ columns: [table.userId, table.frequency] }),
  index("digests_next").on(table.nextAt),
]);

/** The log: append only. AUTOINCREMENT, because retention must never make `seq` start again behind a bookmark. */
export const events = sqliteTable("events", {
  seq: integer().primaryKey({ autoIncrement: true }),
  source: text().notNull(),
  id: text().notNull(),
  type: text().notNull(),
  time: integer().notNull(),
  subject: text(),
  data: text({ mode: "json" }).$type<EventData>().notNull(),
  /** SHA-256 of what was posted: the same id with another content is a conflict. */
  hash: text().notNull(),
  receivedAt: integer("received_at").notNull(),
  /** The trace that it belongs to. */
  traceparent: text(),
}, (table) => [
  uniqueIndex("events_source_id").on(table.source, table.id),
  index("events_received").on(table.receivedAt),
]);

/** Which accounts an event concerns. The studio sees every event and has no rows here. */
export const eventAccounts = sqliteTable("event_accounts", {
  accountId: text("account_id").notNull(),
  seq: integer().notNull(),
}, (table) => [
  primaryKey({ columns: [table.accountId, table.seq] }),
  index("event_accounts_seq").on(table.seq),
]);

/** One row for each email that was composed: what it tells, why, and what became of it. */
export const emails = sqliteTable("emails", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  frequency: text().$type<Frequency>().notNull(),
  /** A digest's due instant; for immediate mail the last `seq` that it tells. One email for each person, frequency and window. */
  window: integer().notNull(),
  /** The `seq`s told and the notifications that matched each of them. */
  content: text({ mode: "json" }).$type<EmailContent>().notNull(),
  /** The highest `seq` told. */
  lastSeq: integer("last_seq").notNull(),
  composedAt: integer("composed_at").notNull(),
  state: text().$type<"queued" | "sent" | "canceled" | "failed">().notNull().default("queued"),
  /** Not before this instant; claiming pushes it into the future, which is the lease. */
  sendAt: integer("send_at").notNull(),
  attempts: integer().notNull().default(0),
  sentAt: integer("sent_at"),
  providerId: text("provider_id"),
  /** Why it was canceled, failed, or has to wait. */
  problem: text(),
  /** What the provider told of its way to the reader, and when that was; it may tell before we noted that it took the email. */
  delivery: text().$type<Delivery>(),
  deliveryAt: integer("delivery_at"),
  /** Since when the provider takes it no more than it did before. */
  failingSince: integer("failing_since"),
  /** When it was given up, which another email took its place for; its state is `canceled`. */
  givenUpAt: integer("given_up_at"),
  /** When it should have been delivered, where it tells of deadlines and is not known to be. */
  deliverBy: integer("deliver_by"),
  /** When the studio was told that it was not delivered in time. */
  overdueToldAt: integer("overdue_told_at"),
}, (table) => [
  uniqueIndex("emails_window").on(table.userId, table.frequency, table.window)
    .where(sql`state <> 'canceled'`),
  index("emails_queue").on(table.sendAt).where(sql`state = 'queued'`),
  index("emails_told").on(table.userId, table.lastSeq),
  index("emails_immediate").on(table.userId, table.composedAt)
    .where(sql`frequency = 'immediately' AND state <> 'canceled'`),
  index("emails_sent").on(table.sentAt).where(sql`sent_at IS NOT NULL`),
  index("emails_undelivered").on(table.composedAt)
    .where(sql`state = 'failed' OR delivery IN ('refused', 'complained')`),
  index("emails_given_up").on(table.givenUpAt).where(sql`given_up_at IS NOT NULL`),
  index("emails_overdue").on(table.deliverBy).where(sql`deliver_by IS NOT NULL`),
]);

/** The last run of each job that the clock starts. */
export const runs = sqliteTable("runs", {
  job: text().primaryKey(),
  startedAt: integer("started_at").notNull(),
  /** Milliseconds. */
  took: integer().notNull(),
  /** How much it did, by what it did. */
  did: text({ mode: "json" }).$type<Record<string, number>>().notNull(),
  /** Why it broke off. */
  problem: text(),
});

/** What the outbox transport delivered, as the browser shows it at /outbox. */
export const outbox = sqliteTable("outbox", {
  id: text().primaryKey(),
  recipient: text().notNull(),
  subject: text().notNull(),
  headers: text({ mode: "json" }).$type<Record<string, string>>().notNull(),
  text: text().notNull(),
  html: text().notNull(),
  sentAt: integer("sent_at").notNull(),
}, (table) => [index("outbox_sent").on(table.sentAt)]);

/** Emails that no event caused, such as requests to support: whole, until somebody took them. */
export const outgoing = sqliteTable("outgoing", {
  id: text().primaryKey(),
  /** Whose doing it is. */
  userId: text("user_id").notNull().references(() => users.id),
  recipient: text().notNull(),
  subject: text().notNull(),
  headers: text({ mode: "json" }).$type<Record<string, string>>().notNull(),
  text: text().notNull(),
  html: text().notNull(),
  createdAt: integer("created_at").notNull(),
  state: text().$type<"queued" | "sent" | "failed">().notNull().default("queued"),
  /** Not before this instant; claiming pushes it into the future, which is the lease. */
  sendAt: integer("send_at").notNull(),
  attempts: integer().notNull().default(0),
  problem: text(),
}, (table) => [
  index("outgoing_queue").on(table.sendAt).where(sql`state = 'queued'`),
  index("outgoing_user").on(table.userId, table.createdAt),
]);

/** What the provider told us lately: the token that it signs each time, so that nothing is heard twice. */
export const heardTokens = sqliteTable("heard_tokens", {
  token: text().primaryKey(),
  heardAt: integer("heard_at").notNull(),
});

/** `id` is the SHA-256 of the cookie's token: a stolen database opens no session. */
export const sessions = sqliteTable("sessions", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
  /** Moves at most once an hour; null until it moves. */
  seenAt: integer("seen_at"),
  /** What the browser calls itself, so that its person can tell it from others. */
  userAgent: text("user_agent"),
  /** True where single sign-on opened it: signing out then signs out there too. */
  singleSignOn: integer("single_sign_on", { mode: "boolean" }).notNull().default(false),
  /** As whom a studio admin sees everything, and until when at most. */
  viewingId: text("viewing_id").references(() => users.id),
  viewingUntil: integer("viewing_until"),
}, (table) => [
  index("sessions_user").on(table.userId),
  index("sessions_viewing").on(table.viewingUntil).where(sql`viewing_id IS NOT NULL`),
]);

/** Emailed sign-in links: single use, 15 minutes, bound to the browser that asked. Hashes only. */
export const signInLinks = sqliteTable("sign_in_links", {
  id: text().primaryKey(),
  userId: text("user_id").notNull().references(() => users.id),
  browser: text().notNull(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at").notNull(),
  usedAt: integer("used_at"),
});

/** Keys of upstream systems; `id` is the SHA-256 of the key. */
export const apiKeys = sqliteTable("api_keys", {
  id: text().primaryKey(),
  name: text().notNull(),
  /** The beginnings of the sources for which it may speak; null for all. */
  sources: text({ mode: "json" }).$type<string[]>(),
  /** How many requests a second it may go on making. */
  perSecond: integer("per_second").notNull().default(1_000),
  createdAt: integer("created_at").notNull(),
  lastUsedAt: integer("last_used_at"),
  revokedAt: integer("revoked_at"),
});

/** Keys of the directories that provision the people of one account; `id` is the SHA-256 of the key. Not among the API keys: neither opens what the other does. */
export const scimKeys = sqliteTable("scim_keys", {
  id: text().primaryKey(),
  accountId: text("account_id").notNull().references(() => accounts.id),
  name: text().notNull(),
  /** How many requests a second it may go on making. */
  perSecond: integer("per_second").notNull().default(50),
  createdAt: integer("created_at").notNull(),
  lastUsedAt: integer("last_used_at"),
  revokedAt: integer("revoked_at"),
}, (table) => [index("scim_keys_account").on(table.accountId)]);
