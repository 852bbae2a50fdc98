import { deepEqual, equal, ok } from "node:assert/strict";
import { cloudEvent, startUpstream } from "../e2e/upstream.ts";
import { maxBytes } from "./events.ts";

const type = "application/x-ndjson";
const bare = { summary: undefined, url: undefined, title: undefined };
const line = (id: string | number) => JSON.stringify(cloudEvent({ id: `${id}` }, bare));

/** A body that comes in pieces, and what is to be known of them as they are asked for. */
function pieces(count: number, piece: (index: number) => string, asked = (_: number) => {}) {
  const encoder = new TextEncoder();
  let index = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (index === count) return controller.close();
      asked(index);
      controller.enqueue(encoder.encode(piece(index)));
      index += 1;
    },
  }, { highWaterMark: 0 });
}

Deno.test("events come one to a line, however the network cuts them", async () => {
  const { post, log, close } = await startUpstream();
  try {
    const body = `${line(1)}\r\n\n${line("münchen")}\n  \n${line(3)}`;
    const bytes = new TextEncoder().encode(body);
    const torn = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
        controller.close();
      },
    });
    const answer = await post({ type, body: torn });
    deepEqual([answer.status, answer.body], [202, { accepted: 3, duplicates: 0, rejected: [] }]);
    deepEqual((await post({ type, body })).body, { accepted: 0, duplicates: 3, rejected: [] });
    equal((await post({ type, body: "" })).status, 202);
    equal((await log()).length, 3);
  } finally {
    await close();
  }
});

Deno.test("a bad line is rejected by its place, and the good ones around it are kept", async () => {
  const { post, log, close } = await startUpstream();
  try {
    const long = line("long").replace("}}", `,"note":"${"x".repeat(maxBytes)}"}}`);
    const answer = await post({ type, body: [line(1), "{", long, "7", line(2)].join("\n") });
    const rejected = answer.body.rejected as { index: number; problem: string }[];
    deepEqual([answer.status, answer.body.accepted], [202, 2]);
    deepEqual(rejected.map(({ index }) => index), [1, 2, 3]);
    equal(rejected[0]!.problem, "the line is not JSON");
    equal(rejected[1]!.problem, "the line is longer than 1 MiB");
    const nothing = await post({ type, body: "{\n".repeat(2_500) });
    deepEqual([nothing.status, nothing.body.unlisted], [422, 1_500]);
    equal((nothing.body.rejected as unknown[]).length, 1_000);
    equal((await log()).length, 2);
  } finally {
    await close();
  }
});

Deno.test("of a bulk load no more is read than was put into the log, and what was read stays", async () => {
  const { post, log, db, close } = await startUpstream();
  try {
    const stored = async () =>
      (await db.$client.execute("SELECT count(*) AS n FROM events")).rows[0]!.n as number;
    const perPiece = 100;
    const ahead: Promise<number>[] = [];
    const body = pieces(
      100,
      (index) =>
        Array.from({ length: perPiece }, (_, at) => `${line(index * perPiece + at)}\n`).join(""),
      (index) => ahead.push(stored().then((count) => index * perPiece - count)),
    );
    const answer = await post({ type, body });
    deepEqual(answer.body, { accepted: 10_000, duplicates: 0, rejected: [] });
    const most = Math.max(...await Promise.all(ahead));
    ok(most <= 2_000, `${most} events were read ahead`);

    const broken = pieces(30, (index) => {
      if (index === 25) throw new Error("the connection is gone");
      return Array.from({ length: perPiece }, (_, at) => `${line(`b${index}-${at}`)}\n`).join("");
    });
    await post({ type, body: broken }).then(
      ({ status }) => ok(status >= 400),
      () => {},
    );
    equal((await log()).length, 12_000);
  } finally {
    await close();
  }
});

Deno.test("the longer the lines, the fewer of them wait to be put into the log", async () => {
  const { post, log, db, close } = await startUpstream();
  try {
    const stored = async () =>
      (await db.$client.execute("SELECT count(*) AS n FROM events")).rows[0]!.n as number;
    const ahead: Promise<number>[] = [];
    const long = (id: number) =>
      `${JSON.stringify(cloudEvent({ id: `${id}` }, { x: "x".repeat(700_000) }))}\n`;
    const body = pieces(20, long, (index) => ahead.push(stored().then((count) => index - count)));
    deepEqual((await post({ type, body })).body, { accepted: 20, duplicates: 0, rejected: [] });
    const most = Math.max(...await Promise.all(ahead));
    ok(most <= 4, `${most} lines were read ahead`);
    equal((await log()).length, 20);
  } finally {
    await close();
  }
});
