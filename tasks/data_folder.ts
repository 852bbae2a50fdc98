import { dirname } from "node:path";

/** Makes the folder of a `file:` database; other addresses need none. */
export function makeDataFolder(databaseUrl: string): void {
  if (!databaseUrl.startsWith("file:")) return;
  const path = databaseUrl.slice("file:".length).replace(/^\/\/(?=\/)/, "").replace(/\?.*$/, "");
  Deno.mkdirSync(dirname(path), { recursive: true });
}
