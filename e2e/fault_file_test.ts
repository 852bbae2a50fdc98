import { survive } from "./fault_rounds.ts";

Deno.test("two services on a file lose nothing and repeat nothing, whatever goes wrong", () =>
  survive("file"));
