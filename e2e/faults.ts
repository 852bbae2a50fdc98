import type { Chance } from "../demo/chance.ts";
import type { Failure } from "./mailgun_server.ts";
import type { Service } from "./service_process.ts";
import type { World } from "./world.ts";

// What can go wrong. Each fault is set up before events are posted to one of the services, and is over when it was met.

/** Sets a fault up for a service; the function that comes of it waits for the fault, mends what it broke, and says whether it struck. */
export type Fault = (
  world: World,
  at: { service: number; chance: Chance },
) => () => Promise<boolean>;

const second = 1_000;
const minute = 60 * second;

/** What strikes whatever the database is. */
export const faults: Record<string, Fault> = {
  "kill of a service": ({ services }, { service, chance }) => {
    const struck = after(chance.between(0, 250), services[service]!.kill);
    return () => struck.then(services[service]!.start).then(() => true);
  },
  "kill of a service before the provider accepted": killWhile({ accepts: false, then: "hang" }),
  "kill of a service after the provider accepted": killWhile({ accepts: true, then: "hang" }),
  "kill of the provider": ({ standIn }, { chance }) => {
    const struck = after(chance.between(0, 150), standIn.kill);
    return () => struck.then(standIn.restart).then(() => true);
  },
  "429": failing({ accepts: false, then: 429 }),
  "429 with Retry-After": failing({
    ...{ accepts: false, then: 429, headers: { "retry-after": "90" } },
  }),
  "500 after having accepted": failing({ accepts: true, then: 500 }),
  "500 of the Events API": failing({ accepts: false, then: 500, on: "events" }),
  "time-out after having accepted": failing({ accepts: true, then: "hang" }),
  "dropped connection": failing({ accepts: false, then: "drop" }),
  "dropped connection after having accepted": failing({ accepts: true, then: "drop" }),
  "full disk": (world, { chance }) => {
    const struck = after(chance.between(0, 50), () => world.setDiskFull(true));
    return async () => {
      const isFull = await struck;
      await after(chance.between(100, 500), () => world.setDiskFull(false));
      return isFull;
    };
  },
  "clock that jumps": ({ jump }, { chance }) => {
    const by = chance.pick([-20, -2, 11, 65, 180]) * minute;
    const struck = after(chance.between(0, 200), () => jump(by));
    return () => struck.then(() => true);
  },
};

/** What strikes a database that is a server: the same, the server itself, and the line to it. */
export const serverFaults: Record<string, Fault> = {
  ...faults,
  "kill of the database": ({ server }, { chance }) => {
    const struck = after(chance.between(0, 200), server!.kill);
    return () => struck.then(server!.restart).then(() => true);
  },
  "kill of a service before composing": killAtStatement(/INSERT INTO emails /, false),
  "kill of a service after composing": killAtStatement(/INSERT INTO emails /, true),
  "kill of a service after claiming": killAtStatement(/attempts = attempts \+ 1/, true),
  "kill of a service before noting": killAtStatement(/SET state = 'sent'/, false),
  "kill of a service after noting": killAtStatement(/SET state = 'sent'/, true),
};

async function after<T>(milliseconds: number, work: () => T | Promise<T>): Promise<T> {
  await new Promise((over) => setTimeout(over, milliseconds));
  return await work();
}

/** Whether it was met; what the other service was faster with is waited for no longer. */
function isMet(met: Promise<void>): Promise<boolean> {
  return Promise.race([met.then(() => true), after(2 * second, () => false)]);
}

function failing(failure: Failure): Fault {
  return ({ standIn }, { service, chance }) => {
    const met = Array.from({ length: chance.whole(1, 3) }, () => standIn.fail(service, failure));
    return () => isMet(met[0]!);
  };
}

function killWhile(failure: Failure): Fault {
  return ({ services, standIn }, { service }) => {
    const met = standIn.fail(service, failure);
    return () => killOnce(met, services[service]!);
  };
}

function killAtStatement(statement: RegExp, arrives: boolean): Fault {
  return ({ services, cutLine }, { service }) => {
    const met = cutLine!(service, statement, arrives);
    return () => killOnce(met, services[service]!);
  };
}

async function killOnce(met: Promise<void>, service: Service): Promise<boolean> {
  if (!await isMet(met)) return false;
  await service.kill();
  await service.start();
  return true;
}
