/** The lines that come out of a process, as they come. */
export async function* linesOf(output: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let rest = "";
  for await (const text of output.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}

/** Adds the lines that come out of a process to a list, as they come; resolves at their end. */
export async function gather(
  output: ReadableStream<Uint8Array<ArrayBuffer>>,
  lines: string[],
): Promise<void> {
  for await (const line of linesOf(output)) lines.push(line);
}
