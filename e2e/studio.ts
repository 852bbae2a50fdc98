import { createAccounts } from "../db/accounts.ts";
import { createUsers } from "../db/users.ts";
import { start, startApp } from "./app.ts";

/** The web, with a studio beside the partners: Ida is its admin, Grace works for its operations. */
export async function startStudio() {
  const web = await startApp();
  const { db } = web;
  const studio = { id: "northlight", name: "Northlight", profile: "studio" } as const;
  await createAccounts(db, [studio], start);
  await createUsers(db, [
    {
      ...{ id: "ida", name: "Ida Studio", email: "ida@northlight.example" },
      ...{ accountId: studio.id, roles: ["studio-admin"] },
    },
    {
      ...{ id: "grace", name: "Grace Studio", email: "grace@northlight.example" },
      ...{ accountId: studio.id, roles: ["studio-operations"] },
    },
  ], start);
  return web;
}
