import { isBuilt } from "./place.ts";

/** A clock that stands until it is moved. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now: number;
  /** The file in which what is built reads it (`held_clock.ts`); the source has no need of one. */
  file?: string;
}

/** A clock that stands at that instant. */
export function clockAt(start: number): Clock {
  return isBuilt ? clockInFile(start) : { now: start };
}

function clockInFile(start: number): Clock {
  const file = Deno.makeTempFileSync({ prefix: "callboard-clock-" });
  const write = (now: number) => Deno.writeTextFileSync(file, String(now));
  write(start);
  return {
    file,
    get now() {
      return Number(Deno.readTextFileSync(file));
    },
    set now(instant) {
      write(instant);
    },
  };
}
