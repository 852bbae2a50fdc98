import type { Profile } from "../domain/catalogue.ts";

/** Whose people are managed, and where the pages for that stand. */
export interface Managed {
  account: { id: string; name: string; profile: Profile };
  path: string;
}

/** Where somebody's page stands among them. */
export function pathOfPerson({ path }: Pick<Managed, "path">, id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}
