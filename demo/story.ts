import { chanceOf, hashOf } from "./chance.ts";
import { day, workInstant } from "./story_hours.ts";
import { liveThrough } from "./story_life.ts";
import { requestOf, type StoryRequest, type World, worldOf } from "./story_requests.ts";
import { isoInstant, type Moment } from "./story_telling.ts";

// The simulated life of source requests, as the CloudEvents that an upstream system would post.

export interface StoryOptions {
  /** How many of `manyAccounts` take part. */
  accounts: number;
  days: number;
  perDay: number;
  seed: number;
  /** The instant at which the story ends, in milliseconds since the epoch. */
  until: number;
}

export interface CloudEvent {
  specversion: "1.0";
  id: string;
  source: string;
  type: string;
  time: string;
  subject: string;
  datacontenttype: "application/json";
  data: { accounts: string[]; [field: string]: unknown };
}

interface Story {
  request: StoryRequest;
  born: number;
  /** What of its life lies within the days that are told. */
  moments: Moment[];
}

/** No request lives longer; those that are in flight when the story starts were created since then. */
const longestLife = 70 * day;

/** Exactly `days` times `perDay` events, in the order of time; the same options give the same events. */
export function* simulate(options: StoryOptions): Generator<CloudEvent> {
  const { accounts, days, perDay, seed, until } = options;
  const stories = storiesOf(options);
  // Two runs share no event id, and hardly a request's number, so that both fit one log.
  const run = hashOf(accounts, days, perDay, seed, until);
  const firstNumber = 10_000 + run % 70_000;
  const all = stories.flatMap(({ request, moments }, index) =>
    moments.map((moment) => ({ request, moment, subject: `SR-${firstNumber + index}` }))
  ).sort((a, b) => a.moment.time - b.moment.time);
  const prefix = run.toString(16).padStart(8, "0");
  let number = 0;
  for (const { request, moment, subject } of all) {
    number++;
    yield cloudEvent(request, moment, { subject, id: `${prefix}-${`${number}`.padStart(6, "0")}` });
  }
}

/** The requests whose moments make up the days, in the order in which they were created. */
function storiesOf({ accounts, days, perDay, seed, until }: StoryOptions): Story[] {
  const total = days * perDay;
  const world = worldOf({ accounts, seed, titles: Math.ceil(total / 60), at: until });
  const start = until - days * day;
  const stories: Story[] = [];
  let told = 0;
  for (let number = 0; told < total; number++) {
    const story = storyOf(world, number, { start, until });
    // Near the end a request with too much to tell makes room for one with less, so that the count is exact.
    if (story.moments.length === 0 || told + story.moments.length > total) continue;
    stories.push(story);
    told += story.moments.length;
  }
  return stories.sort((a, b) => a.born - b.born);
}

function storyOf(world: World, number: number, window: { start: number; until: number }): Story {
  const request = requestOf(world, number);
  const born = bornAt(world, number, window);
  const moments = liveThrough(request, born)
    .filter(({ time }) => time >= window.start && time < window.until);
  return { request, born, moments };
}

/** Multiples of the golden ratio spread evenly over the office hours, however many there are going to be. */
function bornAt(
  { seed, studio }: World,
  number: number,
  { start, until }: { start: number; until: number },
): number {
  const first = chanceOf("births", seed).fraction();
  const fraction = (first + number * 0.6180339887498949) % 1;
  return workInstant(start - longestLife, until + day, fraction) - studio.offset;
}

function cloudEvent(
  { title, facts }: StoryRequest,
  { time, type, accounts, data: { summary, ...fields } }: Moment,
  { subject, id }: { subject: string; id: string },
): CloudEvent {
  return {
    specversion: "1.0",
    id,
    source: "/backlot/source-requests",
    type,
    time: isoInstant(time),
    subject,
    datacontenttype: "application/json",
    data: {
      accounts,
      title: { id: title.id, name: title.name },
      url: `https://upstream.example/requests/${subject}`,
      summary,
      ...facts,
      ...fields,
    },
  };
}
