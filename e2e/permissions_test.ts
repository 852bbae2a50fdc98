import { deepEqual, equal, match, ok } from "node:assert/strict";
import { variableNames } from "../config.ts";
import manifest from "../deno.json" with { type: "json" };
import { openDatabase } from "../db/client.ts";
import { migrateDatabase } from "../db/migrate.ts";
import { denoRun, runTask, temporaryFolder } from "./command.ts";
import { startDemoServer } from "./production_server.ts";
import { monday, setStage } from "./stage.ts";

// What the tasks of deno.json may do. Those that the tests start run with exactly that, and are never asked for more.

/** What works on the code, not for anybody: it starts compilers, browsers and databases of all kinds. */
const workshop = ["test", "check", "ok", "db:generate", "build", "deploy"];
const measures = / (bench|e2e)\//;

const configuration = new URL("../deno.json", import.meta.url).pathname;
const tasks = Object.entries(manifest.tasks)
  .filter(([name, commands]) => !workshop.includes(name) && !measures.test(commands));

Deno.test("a task reads the variables that Callboard documents, and a package that asks for another finds none", async () => {
  const asked = [...variableNames, "AWS_SECRET_ACCESS_KEY"];
  const program = `console.log(${
    JSON.stringify(asked)
  }.filter((name) => Deno.env.has(name)).join(" "))`;
  const env = Object.fromEntries(asked.map((name) => [name, "set"]));
  const args = [
    "-P",
    "--config",
    configuration,
    `data:text/javascript,${encodeURIComponent(program)}`,
  ];
  const { code, stdout } = await denoRun({ args, env }).output();
  const found = new TextDecoder().decode(stdout).trim().split(" ");
  deepEqual({ code, found }, { code: 0, found: variableNames });
});

Deno.test("no task may do everything of a kind but reach the hosts and copy the files that it is told of", () => {
  const wide = tasks.flatMap(([name, commands]) =>
    commands.split(" && ").flatMap((words) =>
      words.split(" ")
        .filter((word) => /^(-[A-Z]+|--allow-\w+|--unsafe.*)$/.test(word) && word !== "-P")
        .map((flag) => `${name} ${flag}`)
    )
  );
  deepEqual(wide, [
    "start --allow-net",
    "seed --allow-net",
    ...["backup --allow-net", "backup -R", "backup -W", "restore --allow-net", "restore -R"],
    "sweep --allow-net",
    "api-key --allow-net",
    "db:migrate --allow-net",
  ]);
  for (const [name, commands] of tasks) {
    for (const words of commands.split(" && ")) ok(words.includes(" --no-prompt "), name);
  }
});

Deno.test("the demo starts and serves with what it may do, and reaches nothing but this machine", async () => {
  await using folder = await temporaryFolder();
  const filled = await runTask("demo", { cwd: folder.path });
  deepEqual([filled.code, filled.stderr], [0, ""]);
  await using server = await startDemoServer(folder.path);
  ok(server.origin, server.output);
  for (const path of ["/sign-in", "/outbox", "/docs", "/readyz"]) {
    const response = await fetch(server.origin + path);
    equal(response.status, 200, path);
    const [, script = "/sign-in"] = /src="(\/static\/[^"]+)"/.exec(await response.text()) ?? [];
    equal((await fetch(server.origin + script)).status, 200, script);
  }
  const elsewhere = await runTask("demo", {
    cwd: folder.path,
    step: 1,
    env: { HOST: "192.0.2.1" },
  });
  match(elsewhere.stderr, /Requires net access to "192\.0\.2\.1/);
});

Deno.test("mail leaves by Mailgun, whose client would read every variable there is", async () => {
  await using folder = await temporaryFolder();
  const posted: string[] = [];
  const answer = ({ url }: Request) => {
    posted.push(new URL(url).pathname);
    return Response.json({ id: "<1@mg.example>", message: "Queued" });
  };
  await using mailgun = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, answer);
  const env = {
    ...{ TURSO_DATABASE_URL: `file:${folder.path}/callboard.db`, MAILGUN_DOMAIN: "mg.example" },
    ...{ MAILGUN_API_KEY: "key", MAILGUN_URL: `http://127.0.0.1:${mailgun.addr.port}` },
  };
  const db = await openDatabase({ url: env.TURSO_DATABASE_URL });
  await migrateDatabase(db);
  const { ask, happen } = await setStage(db);
  await ask("ada", "immediately");
  await happen("SR-1");
  db.$client.close();
  const args = ["--at", new Date(monday).toISOString()];
  const { code, stderr } = await runTask("sweep", { cwd: folder.path, env, args });
  deepEqual([code, stderr, posted], [0, "", ["/v3/mg.example/messages"]]);
});
