/** A map that holds at most so much: what was not asked for the longest is forgotten first. */
export interface BoundedMap<K, V> {
  get(key: K): V | undefined;
  /** Keeps a value, also one that is kept already and has grown. */
  set(key: K, value: V): void;
  delete(key: K): void;
}

/** An empty map for at most `most` in all; `weigh` says how much of it a value takes. */
export function boundedMap<K, V>(
  most: number,
  weigh: (value: V) => number = () => 1,
): BoundedMap<K, V> {
  const kept = new Map<K, { value: V; weight: number }>();
  let total = 0;

  function remove(key: K) {
    total -= kept.get(key)?.weight ?? 0;
    kept.delete(key);
  }
  return {
    get(key) {
      const found = kept.get(key);
      if (!found) return undefined;
      // A Map keeps the order in which its keys were set.
      kept.delete(key);
      kept.set(key, found);
      return found.value;
    },
    set(key, value) {
      remove(key);
      const weight = weigh(value);
      total += weight;
      kept.set(key, { value, weight });
      for (const oldest of kept.keys()) {
        if (total <= most || oldest === key) return;
        remove(oldest);
      }
    },
    delete: remove,
  };
}
