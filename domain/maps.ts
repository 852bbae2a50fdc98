/** The value under a key, made where there is none yet. */
export function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** The same function, which thinks only once about each of the texts that it meets again and again; at most so many answers are kept. */
export function remembered<T>(ask: (text: string) => T, most = 5_000): (text: string) => T {
  const known = new Map<string, T>();
  function learn(text: string): T {
    if (known.size === most) known.clear();
    return ask(text);
  }
  return (text) => getOrAdd(known, text, () => learn(text));
}
