import { type Context, Hono } from "hono";
import * as z from "zod";
import { findTold, noteDelivery, rememberTold, stopMail } from "../db/deliveries.ts";
import { muteNotifications } from "../db/notification_actions.ts";
import { loadNotifications } from "../db/panel.ts";
import type { Delivery } from "../domain/email_states.ts";
import { coversOptOut } from "../domain/opt_outs.ts";
import { isRecent, isSigned, mailgunSignature } from "./mailgun_signature.ts";
import type { Parts } from "./parts.ts";
import { problem } from "./problems.ts";

// What Mailgun tells of the emails that it took. It tells again, for eight hours, unless the answer is 200 or 406:
// https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-retries

const seconds = z.coerce.number().nonnegative();
const posted = z.object({
  signature: mailgunSignature,
  "event-data": z.object({
    event: z.string(),
    severity: z.string().optional(),
    reason: z.string().optional(),
    timestamp: seconds,
    message: z.object({ headers: z.object({ "message-id": z.string() }) }),
  }),
});
type Told = z.infer<typeof posted>["event-data"];

/** `POST /webhooks/mailgun`: hears what became of our emails, once, in whatever order it is told. */
export function mailgunRoutes({ db, config, now }: Parts) {
  return new Hono().post("/mailgun", async (c) => {
    const key = config.webhookSigningKey;
    if (key === undefined) return unprepared(c);
    const body = posted.safeParse(await c.req.json().catch(() => null));
    if (!body.success) return refused(c, "It is not what Mailgun posts.");
    const { signature, "event-data": told } = body.data;
    if (!isSigned(key, signature)) return refused(c, "The signature is not ours.");
    if (!isRecent(signature, now())) return refused(c, "It is too old, or from the future.");

    const emailId = ourEmail(told, config.mailDomain);
    if (emailId === null) return refused(c, "The email is of another domain.");
    const { token } = signature;
    const { userId, isRepeated } = await findTold(db, { emailId, token });
    if (isRepeated) return refused(c, "It was told before.");
    if (userId === null) return refused(c, "There is no such email.");
    await hear(db, told, { emailId, userId, token, now: now() });
    return c.text("heard");
  });
}

/** Each step may be done twice; that it was heard is noted last, so that whatever is cut off is heard again. */
async function hear(
  db: Parts["db"],
  told: Told,
  { emailId, userId, token, now }: { emailId: string; userId: string; token: string; now: number },
): Promise<void> {
  if (told.event === "unsubscribed") {
    await muteAllButDeadlines(db, userId, now);
    return await rememberTold(db, token, now);
  }
  const delivery = deliveryOf(told);
  if (delivery === null) return await rememberTold(db, token, now);
  const at = Math.round(told.timestamp * 1000);
  const complained = delivery === "complained";
  if (complained || isAddressFailure(told)) await stopMail(db, userId, { at, complained });
  await noteDelivery(db, { emailId, delivery, at }, { token, now });
}

/** What no business-critical mail may fall victim to: a button that the mail program put there, not we. */
async function muteAllButDeadlines(db: Parts["db"], userId: string, now: number) {
  const { notifications } = await loadNotifications(db, userId);
  const optOut = "everything-but-deadlines";
  const ids = notifications.filter((each) => coversOptOut(optOut, each)).map(({ id }) => id);
  await muteNotifications(db, userId, { ids, now, optOut });
}

function deliveryOf({ event, severity }: Told): Delivery | null {
  switch (event) {
    case "delivered":
    case "complained":
      return event;
    case "failed":
      return severity === "temporary" ? "delayed" : "refused";
    default:
      return null;
  }
}

/** Whether the address takes no mail at all: it bounced now, or Mailgun remembers that it did. Other refusals may be about one email. */
function isAddressFailure({ event, severity, reason }: Told): boolean {
  return event === "failed" && severity !== "temporary" &&
    (reason === "bounce" || reason === "suppress-bounce");
}

/** The id of our email from its Message-ID, or null where it is none of ours. */
function ourEmail({ message }: Told, mailDomain: string): string | null {
  const [, id, domain] = /^<?(.+)@(.+?)>?$/.exec(message.headers["message-id"]) ?? [];
  return id !== undefined && domain === mailDomain ? id : null;
}

/** 406 tells Mailgun not to try again. */
function refused(c: Context, detail: string): Response {
  return problem(c, { status: 406, title: "Not acceptable", detail });
}

function unprepared(c: Context): Response {
  const detail =
    "Set MAILGUN_WEBHOOK_SIGNING_KEY, the HTTP webhook signing key of your Mailgun account.";
  return problem(c, { status: 503, title: "Not prepared for webhooks", detail });
}
