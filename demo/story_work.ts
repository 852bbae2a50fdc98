import * as happen from "./story_happenings.ts";
import { atWork } from "./story_hours.ts";
import { planOf } from "./story_plan.ts";
import { type Life, tell } from "./story_telling.ts";
import { canceledWords, deliveredWords } from "./story_words.ts";

/** Tells the work on a request until its first delivery; answers whether it was still wanted by then. */
export function work(life: Life): boolean {
  const plan = planOf(life);
  const canceled = life.chance.happens(0.07);
  const end = canceled ? life.chance.between(plan.start, plan.delivery) : plan.delivery;
  const happenings = [
    ...happen.movedDueDate(plan),
    ...happen.materials(plan),
    ...happen.handover(plan),
    ...happen.estimates(plan),
    ...happen.upgrade(plan),
    ...happen.comments(plan),
    ...happen.warnings(plan),
  ].filter(({ at }) => at > plan.start && at < end).sort((a, b) => a.at - b.at);
  for (const { at, type, data } of happenings) tell(life, type, at, data);
  if (canceled) cancel(life, end);
  else tell(life, "source-request.delivered", end, { summary: deliveredWords(life) });
  return !canceled;
}

function cancel(life: Life, from: number): void {
  const { chance, request } = life;
  const reason = chance.weighted({
    "no-longer-needed": 45,
    "duplicate-request": 25,
    "title-withdrawn": 12,
    "created-in-error": 18,
  });
  const at = atWork(from, request.studio.offset, chance);
  tell(life, "source-request.canceled", at, { summary: canceledWords(reason), reason });
}
