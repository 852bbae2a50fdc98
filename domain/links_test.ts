import assert from "node:assert/strict";
import { muteScope, narrowedTo } from "./links.ts";

Deno.test("an immediate email unsubscribes from what matched, a digest from its frequency", () => {
  assert.deepEqual(muteScope("ada", "immediately", [3, 4]), {
    user: "ada",
    notifications: [3, 4],
  });
  assert.deepEqual(muteScope("ada", "daily", [3, 4]), { user: "ada", optOut: "daily" });
});

Deno.test("a link that mutes a frequency names no notification alone", () => {
  assert.equal(narrowedTo({ user: "ada", optOut: "daily" }, 3), null);
});
