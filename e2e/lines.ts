/** The lines that come out of a process, as they come. */
export async function* linesOf(output: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let rest = "";
  for await (const text of output.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
