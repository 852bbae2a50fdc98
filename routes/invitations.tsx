import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { byPage } from "../db/audit.ts";
import { type Invitation, inviteUsers } from "../db/invitations.ts";
import { loadPreparations } from "../db/preparations.ts";
import type { Role } from "../domain/catalogue.ts";
import { Invalid } from "../domain/errors.ts";
import { type Answer, type Invitee, mostInvited, readInvitees } from "../domain/invitations.ts";
import { parseRoles } from "../domain/people.ts";
import { invitationEmail } from "../views/emails/invitation.tsx";
import { InvitationsPage, InvitedPage } from "../views/invitations.tsx";
import { fileText, parseCsv } from "./csv.ts";
import type { AppEnv, Parts } from "./parts.ts";
import { refuse } from "./validation.ts";

/** What may be posted here, in bytes: a table of ten thousand lines is answered, if only by how many it has too many. */
export const longestTable = 2 * 1024 * 1024;

const roleList = z.union([z.string().transform((role) => [role]), z.array(z.string())]);
const form = z.object({
  people: z.string().default(""),
  file: z.instanceof(File).optional(),
  role: roleList.default([]),
});

/** Inviting colleagues: by typing their addresses, or from a table. */
export function invitationRoutes(parts: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get("/", async (c) => {
    const { shell, managed } = c.var;
    const preparations = await loadPreparations(parts.db, managed.account.id);
    return c.html(<InvitationsPage {...{ shell, managed, mostInvited, preparations }} />);
  });

  routes.post("/", zValidator("form", form, refuse), async (c) => {
    const { people, file, role } = c.req.valid("form");
    const { shell, managed } = c.var;
    const roles = parseRoles(role, managed.account.profile);
    try {
      const table = file && file.size > 0 ? fileText(await file.bytes()) : "";
      const answers = await invite(c, parts, { texts: [people, table], roles });
      return c.html(<InvitedPage {...{ shell, managed, answers }} />);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const [problem] = error.problems;
      const preparations = await loadPreparations(parts.db, managed.account.id);
      return c.html(
        <InvitationsPage
          {...{ shell, managed, mostInvited, preparations, people, roles }}
          problem={problem!}
        />,
        422,
      );
    }
  });
  return routes;
}

/** Invites whom the texts name, each address once; resolves to an answer for each line. Throws Invalid. */
async function invite(
  c: Context<AppEnv>,
  parts: Parts,
  { texts, roles }: { texts: string[]; roles: Role[] },
): Promise<Answer[]> {
  const { invitees, malformed } = readInvitees(texts.flatMap(parseCsv));
  if (invitees.length + malformed.length === 0) throw unusable("Name somebody to invite.");
  if (invitees.length > mostInvited) {
    const named = invitees.length.toLocaleString("en");
    throw unusable(`At most ${mostInvited} people are invited at a time, and these are ${named}.`);
  }
  const first = new Map(invitees.map((each) => [each.email, each] as const).reverse());
  const list = [...first.values()].map((each) => invitationOf(c, parts, each, roles));
  const { user, managed } = c.var;
  const how = { by: byPage(user.id), now: parts.now() };
  const invited = await inviteUsers(parts.db, managed.account.id, list, how);
  parts.dispatch();
  const answers = invitees.map((invitee): Answer => {
    const { line, email } = invitee;
    if (first.get(email) !== invitee) return { line, email, outcome: "repeated" };
    return { line, email, ...invited.get(email)! };
  });
  return [...answers, ...malformed].sort((a, b) => a.line - b.line);
}

function invitationOf(
  c: Context<AppEnv>,
  { config }: Parts,
  { email, name }: Invitee,
  roles: Role[],
): Invitation {
  const { user: { name: by, zone }, managed: { account } } = c.var;
  const link = `${config.baseUrl}/sign-in?email=${encodeURIComponent(email)}`;
  const content = invitationEmail({ by, account: account.name, link });
  return {
    user: { id: crypto.randomUUID(), accountId: account.id, email, name, roles, zone },
    email: { id: crypto.randomUUID(), to: email, headers: {}, ...content },
  };
}

function unusable(message: string): Invalid {
  return new Invalid([{ field: "people", message }]);
}
