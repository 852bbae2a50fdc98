import assert from "node:assert/strict";
import { openTellings } from "./tellings.ts";

Deno.test("whoever waits hears once of all that was told meanwhile, and of what was told at the very end", async () => {
  const { tell, end, told } = openTellings();
  tell();
  tell();
  let turns = 0;
  for await (const _ of told()) {
    turns += 1;
    if (turns === 1) {
      tell();
      end();
    }
  }
  assert.equal(turns, 2);
});

Deno.test("whoever waits has a turn even where nothing was told", async () => {
  const { end, told } = openTellings();
  end();
  const turns = await Array.fromAsync(told());
  assert.equal(turns.length, 1);
});
