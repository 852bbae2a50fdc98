import { piecesInTime } from "./patience.ts";

/** A line that cannot be an event, and the sentence that says why. */
export class BadLine {
  constructor(readonly problem: string) {}
}

interface Limits {
  /** How many values come at a time; fewer of long lines, but never more than `maxLine` characters before the last. */
  maxEvents: number;
  maxLine: number;
}

/** The values of a body with one JSON value a line; the next are read once these were taken. */
export async function* readLines(request: Request, limits: Limits): AsyncGenerator<unknown[]> {
  let waiting: unknown[] = [];
  let size = 0;
  for await (const line of linesOf(request.body ?? new ReadableStream(empty), limits.maxLine)) {
    waiting.push(line === null ? new BadLine("the line is longer than 1 MiB") : parseLine(line));
    size += line?.length ?? 0;
    if (waiting.length < limits.maxEvents && size < limits.maxLine) continue;
    yield waiting;
    [waiting, size] = [[], 0];
  }
  if (waiting.length > 0) yield waiting;
}

const empty = { start: (controller: ReadableStreamDefaultController) => controller.close() };

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return new BadLine("the line is not JSON");
  }
}

/** The lines of a stream of UTF-8 without the empty ones; one that is too long comes as null, and is forgotten as it arrives. */
async function* linesOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  maxLine: number,
): AsyncGenerator<string | null> {
  let rest = "";
  for await (const text of piecesInTime(body.pipeThrough(new TextDecoderStream()))) {
    const lines = text.split("\n");
    for (const [index, part] of lines.entries()) {
      // One character more than allowed is enough to know.
      rest = (rest + part).slice(0, maxLine + 1);
      if (index === lines.length - 1) continue;
      if (rest.trim() !== "") yield whole(rest, maxLine);
      rest = "";
    }
  }
  if (rest.trim() !== "") yield whole(rest, maxLine);
}

function whole(line: string, maxLine: number): string | null {
  return line.length > maxLine ? null : line;
}
