import { atWork, day, hour, workdayFrom } from "./story_hours.ts";
import type { StoryRequest } from "./story_requests.ts";
import { inspect, review } from "./story_review.ts";
import { isoDate, type Life, type Moment, somebody, tell } from "./story_telling.ts";
import { acceptedWords, assignedWords, createdWords } from "./story_words.ts";
import { work } from "./story_work.ts";

/** Everything that ever happens to a request that was created at an instant, in the order of time. */
export function liveThrough(request: StoryRequest, born: number): Moment[] {
  const life: Life = {
    request,
    chance: request.chance,
    now: born,
    due: workdayFrom(born + (request.lead + 1) * day),
    assignee: somebody(request.fulfillment ?? request.studio, request.chance),
    reviewed: false,
    moments: [],
  };
  create(life);
  if (work(life)) {
    inspect(life);
    review(life);
    accept(life);
  }
  return life.moments;
}

function create(life: Life): void {
  const { chance, request, assignee, now } = life;
  const due = isoDate(life.due);
  tell(life, "source-request.created", now, { summary: createdWords(life), due });
  const at = atWork(now + chance.between(0.5, 20) * hour, request.studio.offset, chance);
  // Work on a request that is wanted tomorrow does not wait until after a weekend.
  const soon = Math.min(at, life.due - 30 * hour);
  tell(life, "source-request.assigned", soon, { summary: assignedWords(life), due, assignee });
}

function accept(life: Life): void {
  const { chance, now, request } = life;
  const at = atWork(now + chance.between(1, 26) * hour, request.studio.offset, chance);
  tell(life, "source-request.accepted", at, { summary: acceptedWords(life) });
}
