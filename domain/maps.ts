/** The value under a key, made where there is none yet. */
export function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** The same function, which thinks only once about each of the texts that it meets again and again; at most so many answers are kept. */
export function remembered<T, K = string>(ask: (about: K) => T, most = 5_000): (about: K) => T {
  const known = new Map<K, T>();
  function learn(about: K): T {
    if (known.size === most) known.clear();
    const made = ask(about);
    known.set(about, made);
    return made;
  }
  return (about) => known.get(about) ?? learn(about);
}

/** A function that returns what the first call made. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => made ??= make();
}
