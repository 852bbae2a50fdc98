import { furtherAccount } from "./cast_crowd.ts";
import { meridianPost } from "./cast_meridian_post.ts";
import { northlightStudio } from "./cast_northlight_studio.ts";
import { plumblineQualityControl } from "./cast_plumbline_quality_control.ts";
import { tidewrackPictures } from "./cast_tidewrack_pictures.ts";
import { neighbours } from "./cast_neighbours.ts";
import type { CastAccount } from "./company.ts";

// The people of the demo. Each is here to show something, and says what.

/** The order matters: the first few alone already tell a story, and the first four hold every profile. */
export const cast: readonly CastAccount[] = [
  tidewrackPictures,
  meridianPost,
  plumblineQualityControl,
  northlightStudio,
  ...neighbours,
];

/** The first `n` accounts: the cast, then invented ones. An account is the same whatever `n` is. */
export function manyAccounts(n: number): CastAccount[] {
  const further = Math.max(0, n - cast.length);
  return [
    ...cast.slice(0, n),
    ...Array.from({ length: further }, (_, index) => furtherAccount(index)),
  ];
}

/** What each person of the cast is there to show, by id. */
export const purposes = new Map(
  cast.flatMap(({ users }) => users.map(({ id, purpose }) => [id, purpose])),
);
