import { deepEqual, rejects } from "node:assert/strict";
import { createClient } from "@libsql/client/web";
import { sqldBinary, startSqld } from "./sqld.ts";

Deno.test({
  name: "the libSQL server keeps its rows through a power cut and refuses whoever has no token",
  ignore: sqldBinary() === null,
  async fn() {
    const server = (await startSqld())!;
    try {
      await rejects(createClient({ url: server.url }).execute("SELECT 1"), /401/);

      const client = createClient({ url: server.url, authToken: server.authToken });
      await client.execute("CREATE TABLE notices (id INTEGER PRIMARY KEY, says TEXT)");
      await client.execute("INSERT INTO notices (says) VALUES ('Beginners, please')");

      await server.kill();
      await rejects(client.execute("SELECT says FROM notices"));

      await server.restart();
      const { rows } = await client.execute("SELECT says FROM notices");
      deepEqual(rows.map((row) => row.says), ["Beginners, please"]);
    } finally {
      await server.stop();
    }
  },
});
