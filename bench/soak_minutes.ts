import type { World } from "../e2e/world.ts";
import { percentile } from "./measure.ts";

// How the minutes of a soak are told, and compared.

/** What one minute was like. */
export interface Minute {
  requests: number;
  /** Milliseconds of an answer. */
  usual: number;
  slowest: number;
  /** Of the largest service, in MB. */
  memory: number;
  handles: number;
}

/** What the largest service holds; zeros where the system does not say. */
export function sizeOf({ services }: World) {
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

/** What grew from the first third, without its first minute, to the last. */
export function growths(minutes: Minute[]): string[] {
  const third = Math.floor(minutes.length / 3);
  if (third < 2) return [];
  const [first, last] = [minutes.slice(1, third + 1), minutes.slice(-third)];
  const most = { memory: 1.25, handles: 1.25, usual: 1.5, slowest: 2 };
  return Object.entries(most).flatMap(([name, factor]) => {
    const of = (part: Minute[]) => percentile(part.map((each) => each[name as keyof Minute]), 50);
    return of(last) > factor * of(first) ? [`${name} grew from ${of(first)} to ${of(last)}`] : [];
  });
}

export function rowOf(each: number, { requests, usual, slowest, memory, handles }: Minute): string {
  const cells = [each, requests, usual.toFixed(1), slowest.toFixed(0), memory, handles];
  const widths = [6, 9, 10, 8, 4, 8];
  return cells.map((cell, index) => String(cell).padStart(widths[index]!)).join(" ");
}
