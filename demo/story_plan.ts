import { atWork, day, hour, workdayFrom } from "./story_hours.ts";
import type { Life } from "./story_telling.ts";
import { materialOf } from "./story_words.ts";

/** How the work on a request is going to go: what is decided before any of it is told. */
export interface Plan {
  life: Life;
  start: number;
  delivery: number;
  /** The due date may move once: when, and to which day. */
  move: { at: number; due: number } | undefined;
  /** What the content partner sends for it, where it needs anything. */
  material: string | undefined;
}

export function planOf(life: Life): Plan {
  const { chance, now: start } = life;
  const move = moveOf(life);
  const earliest = Math.max(start, move?.at ?? 0) + 2 * hour;
  const delivery = Math.max(earliest, deliveryOf(life, move?.due ?? life.due));
  return {
    life,
    start,
    move,
    delivery,
    material: chance.happens(0.55) ? materialOf(life) : undefined,
  };
}

/** The due date as it stands at an instant. */
export function dueAt({ life, move }: Plan, at: number): number {
  return move && at >= move.at ? move.due : life.due;
}

/** Most deliver days before the due date, some in its last hours, a few too late. */
function deliveryOf({ chance, request }: Life, due: number): number {
  const manner = chance.weighted({ early: 80, tight: 14, late: 6 });
  if (manner === "late") return due + chance.between(3, 40) * hour;
  if (manner === "tight") return due - chance.between(2, 22) * hour;
  const wanted = due - chance.between(1.3, 6) * day;
  const possible = atWork(wanted, (request.fulfillment ?? request.studio).offset, chance);
  return possible < due ? possible : wanted;
}

function moveOf({ chance, request, now, due }: Life): Plan["move"] {
  if (!chance.happens(0.16)) return undefined;
  const at = atWork(chance.between(now, due - day), request.studio.offset, chance);
  if (at >= due - 12 * hour) return undefined;
  const sooner = workdayFrom(due - chance.whole(3, 7) * day);
  if (sooner - at > 5 * day && chance.happens(0.4)) return { at, due: sooner };
  return { at, due: workdayFrom(due + chance.whole(2, 12) * day) };
}
