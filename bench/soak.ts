import * as z from "zod";
import { createApiKey } from "../db/api_keys.ts";
import { temporaryFolder } from "../e2e/command.ts";
import { buildCommit, buildHere } from "./builds.ts";
import { optionsOrExit, wholeNumber } from "../tasks/arguments.ts";
import { settleDown, unsent } from "../e2e/fault_rounds.ts";
import { killAtRandom } from "./soak_kills.ts";
import { openLoad } from "./soak_load.ts";
import { growths, type Minute, rowOf } from "./soak_minutes.ts";
import { measure, press } from "./soak_pressure.ts";
import { workOf, wrongs } from "./soak_verdict.ts";
import { signingKey } from "./soak_webhooks.ts";
import { startWorld, type World } from "../e2e/world.ts";

// Mixed load for a long while at half of what the service can take, on a libSQL server: `deno task soak`. Memory, handles
// and latencies must stay flat, and everybody must have been told everything once. With --kill-every, services are killed
// and started at random meanwhile. With --from, as `deno task upgrade` has it, the build of an earlier commit and the one
// of this source share the work, as they do while a new version starts.

const options = optionsOrExit(Deno.args, {
  "minutes": wholeNumber(1, 24 * 60).default(30),
  "services": wholeNumber(1, 16).default(1),
  "kill-every": wholeNumber(0, 3_600).default(0),
  "from": z.string().optional(),
});

const second = 1_000;
/** How fast the clocks of the services go: ten minutes are more than an hour, and bring digests. */
const pace = 10;
const secondsOfMeasuring = 20;
const secondsOfWarmingUp = 10;

const problems = await soak();
for (const problem of problems) console.error(problem);
console.log(problems.length > 0 ? `Problems: ${problems.length}` : "All is well");
Deno.exit(problems.length > 0 ? 1 : 0);

async function soak(): Promise<string[]> {
  await using folder = await temporaryFolder();
  const built = options.from
    ? [await buildCommit(options.from, folder.path), await buildHere()]
    : [];
  const world = await startWorld("server", {
    ...{ services: options.services, built },
    env: { MAILGUN_TIMEOUT: "10", MAILGUN_WEBHOOK_SIGNING_KEY: signingKey },
  });
  const ticking = setInterval(() => world.jump((pace - 1) * second / 2), second / 2);
  try {
    return await run(world, () => clearInterval(ticking));
  } catch (error) {
    // Said at once: a service that ended by itself makes the stop below fail as well, and would hide why.
    console.error(error);
    throw error;
  } finally {
    clearInterval(ticking);
    await world.stop();
  }
}

async function run(world: World, stopTheClock: () => void): Promise<string[]> {
  const key = await createApiKey(world.db, { name: "soak", perSecond: 1_000_000 }, world.now());
  const load = await openLoad(world, key);
  await measure(load, secondsOfWarmingUp);
  const capacity = await measure(load, secondsOfMeasuring);
  console.log(`${options.services} services take ${capacity.toFixed(0)} requests/s; half of that:`);
  console.log("minute  requests  median ms  99th ms  MB  handles");
  const killing = killAtRandom(world, options["kill-every"]);
  const minutes: Minute[] = [];
  for (let each = 1; each <= options.minutes; each += 1) {
    minutes.push(await press(world, load, capacity / 2));
    console.log(rowOf(each, minutes.at(-1)!));
  }
  await killing.stop();
  stopTheClock();
  await settleDown(world);
  console.log(`emails by service: ${workOf(world).join(", ")}`);
  const isCalm = options["kill-every"] === 0;
  return [
    ...await wrongs(world, load.posted),
    ...(await unsent(world)).map(({ id, state }) => `The email ${id} is still ${state}`),
    ...world.services.flatMap(({ complaints }) => isCalm ? complaints() : longTurns(complaints()))
      .slice(0, 20),
    ...isCalm ? growths(minutes) : [],
  ];
}

/** Those complaints that a service has no reason for when it is killed and when it is not. */
function longTurns(complaints: string[]): string[] {
  return complaints.filter((complaint) => complaint.startsWith("A turn of the event loop"));
}
