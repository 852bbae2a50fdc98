import type { EmailContent } from "../../domain/compose.ts";
import { muteLinks, muteScope, signMute } from "../../domain/links.ts";
import type { ComposedEmail } from "./composed.ts";
import { notificationEmail, type RenderedEmail } from "./notification.ts";

/** An email whose links are not signed yet. */
export interface UnsignedEmail extends Omit<ComposedEmail, "muteLinks" | "unsubscribeToken"> {
  /** Of the whole email as it was composed, whatever of it is still told. */
  reasons: EmailContent["reasons"];
}

/** The email, ready to be sent; the same one with the same secret is the same to the last byte. */
export async function signedEmail(
  { reasons, ...email }: UnsignedEmail,
  secret: string,
): Promise<RenderedEmail> {
  const { reader: { id: user }, frequency } = email;
  const ids = reasons.map(({ id }) => id);
  return notificationEmail({
    ...email,
    muteLinks: await muteLinks(secret, user, ids),
    unsubscribeToken: await signMute(secret, muteScope(user, frequency, ids)),
  });
}
