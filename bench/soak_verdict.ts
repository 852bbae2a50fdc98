import { acceptedIn } from "../e2e/mailgun_api.ts";
import { repeatsIn } from "../e2e/fault_verdict.ts";
import { type Happening, reasonsFor } from "../e2e/reference.ts";
import type { World } from "../e2e/world.ts";

/** What went wrong with the mail, in sentences; by what is stored of the emails that the provider accepted. */
export async function wrongs(world: World, events: Happening[]): Promise<string[]> {
  const accepted = acceptedIn(world.standIn.log()).map((message) => message["v:email-id"]!);
  const told = await toldBy(world, accepted);
  const owed = world.readers.flatMap((reader) =>
    events.filter((event) => reasonsFor(reader, event).length > 0)
      .map(({ id }) => `${reader.id} ${id}`)
  );
  const [isOwed, isTold] = [new Set(owed), new Set(told)];
  const counts = {
    "emails were accepted twice": repeatsIn(accepted).length,
    "events were told twice": told.length - isTold.size,
    "events were missed": owed.filter((each) => !isTold.has(each)).length,
    "events were told to whom they do not concern": told.filter((each) => !isOwed.has(each)).length,
  };
  console.log(`${accepted.length} emails told ${told.length} of ${owed.length} that were owed`);
  return Object.entries(counts).flatMap(([what, count]) => count > 0 ? [`${count} ${what}`] : []);
}

/** Who was told of which events, by these emails; those to the studio about the service itself tell of none. */
async function toldBy({ db }: World, ids: string[]): Promise<string[]> {
  const log = await db.query.events.findMany({ columns: { seq: true, id: true } });
  const events = new Map(log.map(({ seq, id }) => [seq, id]));
  const stored = await db.query.emails.findMany({
    columns: { id: true, userId: true, content: true },
  });
  const emails = new Map(stored.map((email) => [email.id, email]));
  return [...new Set(ids)].flatMap((id) => {
    const { userId, content } = emails.get(id) ?? { content: { items: [] } };
    return content.items.map(({ seq }) => `${userId} ${events.get(seq)}`);
  });
}

/** How many emails each of the services sent. */
export function workOf({ standIn, services }: World): number[] {
  const heard = standIn.log();
  return services.map((_, service) =>
    acceptedIn(heard.filter(({ door }) => door === service)).length
  );
}
