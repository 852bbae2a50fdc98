import { commentWords } from "./story_comments.ts";
import { atWork, day, hour } from "./story_hours.ts";
import { dueAt, type Plan } from "./story_plan.ts";
import { isoDate, somebody } from "./story_telling.ts";
import * as words from "./story_words.ts";

// What may happen between the assignment and the first delivery; each of these plans its own kind.

/** Something that is going to happen, unless the request ends before it. */
export interface Happening {
  at: number;
  type: string;
  data: Record<string, unknown>;
}

export function movedDueDate({ life, move }: Plan): Happening[] {
  if (!move) return [];
  const data = {
    summary: words.movedWords(life, move.due),
    due: isoDate(move.due),
    previous_due: isoDate(life.due),
  };
  return [{ at: move.at, type: "source-request.due-date-changed", data }];
}

export function materials({ life, start, delivery, material }: Plan): Happening[] {
  if (!material) return [];
  const { chance, request } = life;
  const { offset } = request.content;
  const received = atWork(chance.between(start, (start + delivery) / 2), offset, chance);
  const changed = atWork(chance.between(received, delivery), offset, chance);
  const arrival = { summary: words.receivedWords(life, material), material };
  const change = { summary: words.updatedWords(life, material), material };
  return [
    { at: received, type: "material.received", data: arrival },
    ...(chance.happens(0.3) ? [{ at: changed, type: "material.updated", data: change }] : []),
  ];
}

/** Now and then nobody has the request for a day, until somebody else gets it. */
export function handover(plan: Plan): Happening[] {
  const { life, start, delivery } = plan;
  const { chance, request } = life;
  if (!chance.happens(0.07)) return [];
  const { offset } = request.studio;
  const left = atWork(chance.between(start, (start + delivery) / 2), offset, chance);
  const taken = atWork(left + chance.between(2, 26) * hour, offset, chance);
  if (taken >= delivery) return [];
  const assignee = somebody(request.fulfillment ?? request.studio, chance);
  const released = { summary: words.unassignedWords(life), due: isoDate(dueAt(plan, left)) };
  const summary = words.assignedWords({ ...life, assignee });
  const given = { summary, due: isoDate(dueAt(plan, taken)), assignee };
  return [
    { at: left, type: "source-request.unassigned", data: released },
    { at: taken, type: "source-request.assigned", data: given },
  ];
}

/** Who is going to be late says so beforehand; others only now and then. */
export function estimates(plan: Plan): Happening[] {
  const { life, start, delivery } = plan;
  const { chance } = life;
  const due = dueAt(plan, delivery);
  if (!chance.happens(delivery > due ? 0.9 : 0.22)) return [];
  const latest = Math.min(delivery, due) - 6 * hour;
  const at = chance.between(Math.max(start, latest - 5 * day), latest);
  const delayReason = chance.weighted({
    "materials-late": plan.material ? 34 : 0,
    "technical-issue": 24,
    "awaiting-approval": 20,
    "capacity": 16,
    "other": 6,
  });
  const data = {
    summary: words.estimateWords(delayReason, delivery),
    due: isoDate(dueAt(plan, at)),
    estimate: isoDate(delivery),
    delay_reason: delayReason,
  };
  return [{ at, type: "source-request.delivery-estimate-changed", data }];
}

export function upgrade({ life, start, delivery }: Plan): Happening[] {
  const { chance, request } = life;
  if (!chance.happens(0.06)) return [];
  const at = atWork(chance.between(start, delivery), request.studio.offset, chance);
  const reason = chance.weighted({ "better-source": 40, "new-version": 40, "format-change": 20 });
  const data = { summary: words.upgradedWords(life, reason), reason };
  return [{ at, type: "source-request.upgraded", data }];
}

export function comments({ life, start, delivery }: Plan): Happening[] {
  const { chance, request } = life;
  const count = Number(chance.weighted({ "0": 30, "1": 26, "2": 22, "3": 14, "4": 8 }));
  return Array.from({ length: count }, () => {
    const author = chance.weighted({
      content: 35,
      fulfillment: request.fulfillment ? 40 : 0,
      studio: 25,
    });
    const { offset } = request[author] ?? request.studio;
    const at = atWork(chance.between(start, delivery), offset, chance);
    const data = { summary: commentWords(life, author), author_profile: author };
    return { at, type: "source-request.comment-added", data };
  });
}

/** What is not there three days before it is due is at risk; on the last day it is critical. */
export function warnings(plan: Plan): Happening[] {
  const { life, delivery, material, move } = plan;
  const { chance } = life;
  const due = dueAt(plan, delivery);
  const warning = (type: string, hoursBefore: number): Happening => {
    const area = chance.weighted({
      "asset-delivery": 65,
      "materials": material ? 0 : 25,
      "assignment": 10,
    });
    const data = { summary: words.warningWords(life, area, due), due: isoDate(due), area };
    return { at: Math.max(due - hoursBefore * hour, (move?.at ?? 0) + hour), type, data };
  };
  const hoursBefore = chance.between(5, 20);
  const isLast = delivery > due - hoursBefore * hour;
  return [
    ...(delivery > due - 30 * hour
      ? [warning("source-request.at-risk", chance.between(44, 76))]
      : []),
    ...(isLast ? [warning("source-request.critical", hoursBefore)] : []),
  ];
}
