import type { Database } from "../db/client.ts";

/** Counts how often the database is asked from now on: over a network each of these is a round trip. */
export function countRoundTrips({ $client: client }: Database): { count: number } {
  const trips = { count: 0 };
  const execute = client.execute.bind(client) as typeof client.execute;
  const batch = client.batch.bind(client);
  Object.assign(client, {
    execute(...args: Parameters<typeof execute>) {
      trips.count += 1;
      return execute(...args);
    },
    batch(...args: Parameters<typeof batch>) {
      trips.count += 1;
      return batch(...args);
    },
  });
  return trips;
}
