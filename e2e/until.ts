/** Waits until something is so, for at most half a minute. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const limit = performance.now() + 30_000;
  while (performance.now() < limit && !await isSo()) {
    await new Promise((over) => setTimeout(over, 20));
  }
}
