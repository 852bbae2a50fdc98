import { survive } from "./fault_rounds.ts";
import { sqldBinary } from "./sqld.ts";

Deno.test({
  name: "two services on a libSQL server lose nothing and repeat nothing, whatever goes wrong",
  ignore: sqldBinary() === null,
  fn: () => survive("server"),
});
