import { deepEqual, ok } from "node:assert/strict";
import { type Chance, chanceOf } from "../demo/chance.ts";
import { type Fault, faults, serverFaults } from "./faults.ts";
import { judge } from "./fault_verdict.ts";
import { simulated } from "./month.ts";
import type { Happening } from "./reference.ts";
import { startWorld, type World } from "./world.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Another seed is another story; the same seed makes the same choices, but not the same timing. */
const seed = Number(Deno.env.get("FAULT_SEED") ?? 1);
const rounds = Number(Deno.env.get("FAULT_ROUNDS") ?? 55);
const eventsPerRound = 4;
const eventsPerDay = 200;

/** Lets two services on one database live through rounds of faults, and fails where anybody missed anything or was told twice. */
export async function survive(kind: "file" | "server"): Promise<void> {
  const world = await startWorld(kind);
  try {
    const events = await news();
    const struck = await live(world, { events, chance: chanceOf(kind, seed), kind });
    await settleDown(world);
    const emails = judge(world.standIn.log(), world.readers, events);
    deepEqual(await unsent(world), []);
    const times = Object.values(struck).reduce((sum, count) => sum + count, 0);
    ok(times >= rounds / 2, `only ${times} faults struck`);
    console.log(
      `seed ${seed}: ${rounds} rounds, ${times} faults, ${events.length} events, ${emails} emails`,
    );
    console.log(struck);
    if (!struck["full disk"]) console.log("No disk was full: this machine has no prlimit");
  } catch (error) {
    console.error(`seed ${seed}:`, world.services.map(({ complaints }) => complaints().slice(-20)));
    throw error;
  } finally {
    await world.stop();
  }
}

/** What happens upstream, each event about a request of its own, so that an email says which of them it tells. */
async function news(): Promise<Happening[]> {
  const days = Math.ceil(rounds * eventsPerRound / eventsPerDay);
  const perDay = String(eventsPerDay);
  const events = await simulated("--accounts", "4", "--days", `${days}`, "--per-day", perDay);
  return events.slice(0, rounds * eventsPerRound).map((event, index) => ({
    ...event,
    subject: `SR-${9_000_000 + index}`,
  }));
}

interface Story {
  kind: "file" | "server";
  events: Happening[];
  chance: Chance;
}

/** Lets every round bring its news and its faults; resolves to how often each fault struck. */
async function live(world: World, { kind, events, chance }: Story) {
  const struck: Record<string, number> = {};
  const next = dealer(kind === "file" ? faults : serverFaults, chance);
  for (let round = 0; round < rounds; round += 1) {
    const service = chance.whole(0, 1);
    const dealt = chance.happens(0.3) ? [next(), next()] : [next()];
    const mend = dealt.map(([name, fault], index) => {
      const over = fault(world, { service: (service + index) % 2, chance });
      return async () => await over() && (struck[name] = (struck[name] ?? 0) + 1);
    });
    const posted = events.slice(round * eventsPerRound, (round + 1) * eventsPerRound);
    const parts = chance.happens(0.5) ? [posted.slice(0, 2), posted.slice(2)] : [posted];
    if (parts.length > 1) struck["two sweeps at once"] = (struck["two sweeps at once"] ?? 0) + 1;
    await Promise.all([
      ...parts.map((part, index) => deliver(world, part, service + index)),
      ...mend.map((each) => each()),
    ]);
    world.jump(chance.whole(1, 14) * minute);
  }
  return struck;
}

/** Deals the faults in an order that chance shuffles anew each time that all were dealt. */
function dealer(kinds: Record<string, Fault>, chance: Chance): () => [string, Fault] {
  let deck: [string, Fault][] = [];
  return () => {
    if (deck.length === 0) deck = Object.entries(kinds);
    return deck.splice(chance.whole(0, deck.length - 1), 1)[0]!;
  };
}

/** Posts events, first to that service, until one of the two has them for good. */
async function deliver({ services }: World, events: Happening[], first: number): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await services[(first + tries) % 2]!.post(events)) return;
    await new Promise((over) => setTimeout(over, 50));
  }
  throw new Error("Cannot post events: neither service takes them");
}

/** Lets everything come to its end: leases, tries that were put off, and the digests of a week. */
export async function settleDown({ standIn, now, sweep }: World): Promise<void> {
  // What did not strike will not.
  await standIn.kill();
  await standIn.restart();
  for (const later of [0, hour, 2 * hour, day, day + hour, 8 * day, 8 * day + 2 * hour]) {
    await sweep(now() + later);
  }
}

/** The emails that are not over. */
export async function unsent({ db }: World) {
  return await db.query.emails.findMany({
    columns: { id: true, state: true, attempts: true, problem: true },
    where: ({ state }, { notInArray }) => notInArray(state, ["sent", "canceled"]),
  });
}
