import type { DatabaseConfig } from "../db/client.ts";
import { temporaryFolder } from "./command.ts";
import { startSqld } from "./sqld.ts";

/** Whether what `deno task build` made runs in place of the source, on a libSQL server: `deno task test:artefact`. */
export const isBuilt = Deno.env.get("ARTEFACT") === "1";

const secret = { SECRET_KEY: "the secret of these tests, long enough", MAIL: "outbox" };

/** Where a server runs: an empty folder, and a database that nobody else has. */
export interface Place extends AsyncDisposable {
  path: string;
  database: DatabaseConfig;
  /** What the environment of a process says of the database. */
  env: Record<string, string>;
}

/** A place that goes when the test is over; its database is a file, or a libSQL server where the artefact is tested. */
export async function temporaryPlace(): Promise<Place> {
  const folder = await temporaryFolder();
  const { path } = folder;
  await Deno.mkdir(`${path}/data`);
  if (!isBuilt) return { ...filePlace(path), [Symbol.asyncDispose]: folder[Symbol.asyncDispose] };
  const { url, authToken, stop } = (await startSqld())!;
  return {
    path,
    database: { url, authToken },
    // Beside a database that is not a file, the tasks want to be told the rest as well.
    env: { ...secret, TURSO_DATABASE_URL: url, TURSO_AUTH_TOKEN: authToken },
    [Symbol.asyncDispose]: async () => {
      await stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function filePlace(path: string): Omit<Place, typeof Symbol.asyncDispose> {
  return { path, database: { url: `file:${path}/data/callboard.db` }, env: {} };
}
