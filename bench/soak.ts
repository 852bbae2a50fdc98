import * as z from "zod";
import { createApiKey } from "../db/api_keys.ts";
import { temporaryFolder } from "../e2e/command.ts";
import { buildCommit, buildHere } from "./builds.ts";
import { percentile } from "./measure.ts";
import { optionsOrExit, wholeNumber } from "../tasks/arguments.ts";
import { settleDown, unsent } from "../e2e/fault_rounds.ts";
import { type Load, openLoad, signingKey } from "./soak_load.ts";
import { workOf, wrongs } from "./soak_verdict.ts";
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
const minute = 60 * second;
/** How fast the clocks of the services go: ten minutes are more than an hour, and bring digests. */
const pace = 10;
const secondsOfMeasuring = 20;
const secondsOfWarmingUp = 10;
const askedAtOnce = 8;

/** What one minute was like. */
interface Sample {
  requests: number;
  /** Milliseconds of an answer. */
  usual: number;
  slowest: number;
  /** Of the largest service, in MB. */
  memory: number;
  handles: number;
}

const problems = await soak();
for (const problem of problems) console.error(problem);
console.log(problems.length > 0 ? `${problems.length} things went wrong` : "All is well");
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
  const killing = killAtRandom(world);
  const samples: Sample[] = [];
  for (let each = 1; each <= options.minutes; each += 1) {
    samples.push(await press(world, load, capacity / 2));
    console.log(rowOf(each, samples.at(-1)!));
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
    ...isCalm ? growths(samples) : [],
  ];
}

/** How many requests a second are answered when the next begins with the answer. */
async function measure(load: Load, seconds: number): Promise<number> {
  const end = performance.now() + seconds * second;
  let answered = 0;
  await Promise.all(Array.from({ length: askedAtOnce }, async () => {
    while (performance.now() < end) {
      const { took } = await load.next();
      answered += took.length;
    }
  }));
  return answered / seconds;
}

/** Asks so many times a second for a minute, whether or not answers come. */
async function press(world: World, load: Load, perSecond: number): Promise<Sample> {
  const start = performance.now();
  const took: number[] = [];
  const asked: Promise<unknown>[] = [];
  let passed = 0;
  while (passed < minute) {
    while (asked.length < passed / second * perSecond) {
      asked.push(load.next().then((answer) => took.push(...answer.took)));
    }
    await new Promise((over) => setTimeout(over, 10));
    passed = performance.now() - start;
  }
  await Promise.all(asked);
  const [usual, slowest] = [50, 99].map((percent) => percentile(took, percent));
  return { requests: took.length, usual: usual!, slowest: slowest!, ...sizeOf(world) };
}

/** What the largest service holds; zeros where the system does not say. */
function sizeOf({ services }: World) {
  const sizes = services.map((service) => {
    try {
      const folder = `/proc/${service.pid()}`;
      const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`${folder}/status`)) ?? [];
      const handles = [...Deno.readDirSync(`${folder}/fd`)].length;
      return { memory: Math.round(Number(kilobytes) / 1024), handles };
    } catch {
      return { memory: 0, handles: 0 }; // just killed, or not on Linux
    }
  });
  return sizes.reduce((most, each) => each.memory > most.memory ? each : most);
}

/** Kills a service now and then, and starts it again a few seconds later. */
function killAtRandom({ services }: World) {
  let isOver = options["kill-every"] === 0;
  const rounds = (async () => {
    while (!isOver) {
      await waitAtMost(2 * options["kill-every"] * second);
      const service = services[Math.floor(Math.random() * services.length)]!;
      await service.kill();
      await waitAtMost(5 * second);
      await service.start();
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await rounds;
    },
  };
}

function waitAtMost(milliseconds: number): Promise<void> {
  return new Promise((over) => setTimeout(over, Math.random() * milliseconds));
}

/** Those complaints that a service has no reason for when it is killed and when it is not. */
function longTurns(complaints: string[]): string[] {
  return complaints.filter((complaint) => complaint.startsWith("A turn of the event loop"));
}

/** What grew from the first third, without its first minute, to the last. */
function growths(samples: Sample[]): string[] {
  const third = Math.floor(samples.length / 3);
  if (third < 2) return [];
  const [first, last] = [samples.slice(1, third + 1), samples.slice(-third)];
  const most = { memory: 1.25, handles: 1.25, usual: 1.5, slowest: 2 };
  return Object.entries(most).flatMap(([name, factor]) => {
    const of = (part: Sample[]) => percentile(part.map((each) => each[name as keyof Sample]), 50);
    return of(last) > factor * of(first) ? [`${name} grew from ${of(first)} to ${of(last)}`] : [];
  });
}

function rowOf(each: number, { requests, usual, slowest, memory, handles }: Sample): string {
  const cells = [each, requests, usual.toFixed(1), slowest.toFixed(0), memory, handles];
  const widths = [6, 9, 10, 8, 4, 8];
  return cells.map((cell, index) => String(cell).padStart(widths[index]!)).join(" ");
}
