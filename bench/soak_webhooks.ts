import { createHmac } from "node:crypto";
import type { Chance } from "../demo/chance.ts";
import type { World } from "../e2e/world.ts";

export const signingKey = "the webhook signing key of the soak";

/** One of the emails that were sent lately, asked for now and then. */
export function recentlySent({ db }: World): (chance: Chance) => Promise<string | undefined> {
  let known: { id: string }[] = [];
  let askedAt = -Infinity;
  return async (chance) => {
    if (performance.now() - askedAt > 5_000) {
      askedAt = performance.now();
      known = await db.query.emails.findMany({
        columns: { id: true },
        where: ({ state }, { eq }) => eq(state, "sent"),
        orderBy: ({ sentAt }, { desc }) => desc(sentAt),
        limit: 100,
      });
    }
    return known.length > 0 ? chance.pick(known).id : undefined;
  };
}

/** What Mailgun posts of an email that arrived. */
export function webhook(id: string, now: number) {
  const [timestamp, token] = [String(Math.floor(now / 1000)), crypto.randomUUID()];
  const signature = createHmac("sha256", signingKey).update(timestamp + token).digest("hex");
  const told = {
    ...{ "event": "delivered", "timestamp": now / 1000, "user-variables": { "email-id": id } },
    message: { headers: { "message-id": `${id}@mg.callboard.example` } },
  };
  return {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ signature: { timestamp, token, signature }, "event-data": told }),
  };
}
