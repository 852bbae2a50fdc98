import { sql } from "drizzle-orm";
import type { Email } from "../domain/email.ts";
import type { Invitee, Outcome } from "../domain/invitations.ts";
import { auditUsers, type By } from "./audit.ts";
import { type Database, inList } from "./client.ts";
import { joining, type NewUser } from "./users.ts";

/** Somebody to invite, as the user they become, and the email that tells them. */
export interface Invitation {
  user: NewUser;
  email: Email;
}

/** What became of an address: the user who has it, where that is one of the account. */
export interface Invited {
  outcome: Exclude<Outcome, "repeated">;
  id: string | undefined;
}

/** Adds those users whose address nobody has, with the email that tells them, in one commit; resolves to what became of each address. */
export async function inviteUsers(
  db: Database,
  accountId: string,
  list: readonly Invitation[],
  { by, now }: { by: By; now: number },
): Promise<Map<Invitee["email"], Invited>> {
  const users = list.map(({ user }) => user);
  const mail = list.map(({ user, email }) => ({ ...email, userId: user.id }));
  const statements = joining(db, users, now, { by });
  const found = await db.batch([
    db.all<Taken>(sql`
      SELECT id, email, account_id AS accountId, deactivated_at AS deactivatedAt FROM users
      WHERE email IN ${inList(users.map(({ email }) => email))}`),
    ...statements,
    db.run(sql`
      INSERT INTO outgoing (id, user_id, recipient, subject, headers, text, html, created_at, send_at)
      SELECT value ->> 'id', users.id, value ->> 'to', value ->> 'subject', value -> 'headers',
        value ->> 'text', value ->> 'html', ${now}, ${now}
      FROM json_each(${JSON.stringify(mail)}) JOIN users ON users.id = value ->> 'userId'
      WHERE true ON CONFLICT DO NOTHING`),
    auditUsers(db, { at: now, by, deed: "invited" }, {
      which: sql`id IN ${inList(users.map(({ id }) => id))}`,
      before: sql`NULL`,
      after: sql`json_object('email', email, 'roles', json(roles))`,
    }),
  ]);
  const taken = new Map(found[0].map((row) => [row.email, row]));
  return new Map(users.map(({ id, email }) => [email, became(id, accountId, taken.get(email))]));
}

interface Taken {
  id: string;
  email: string;
  accountId: string;
  deactivatedAt: number | null;
}

function became(id: string, accountId: string, taken: Taken | undefined): Invited {
  if (!taken) return { outcome: "invited", id };
  if (taken.accountId !== accountId) return { outcome: "elsewhere", id: undefined };
  return { outcome: taken.deactivatedAt === null ? "exists" : "deactivated", id: taken.id };
}
