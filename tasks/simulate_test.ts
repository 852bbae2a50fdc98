import assert from "node:assert/strict";
import { parseEvent } from "../domain/events.ts";

const command = (...args: string[]) =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", new URL("simulate.ts", import.meta.url).href, ...args],
    stdout: "piped",
    stderr: "piped",
  });

const small = ["--accounts", "8", "--days", "5", "--per-day", "200"];

Deno.test("simulate writes the same bytes for the same arguments, and needs no permission", async () => {
  const [once, again, other] = await Promise.all([
    command(...small, "--seed", "1").output(),
    command(...small, "--seed", "1").output(),
    command(...small, "--seed", "2").output(),
  ]);
  assert.equal(once.code, 0, new TextDecoder().decode(once.stderr));
  assert.deepEqual(once.stdout, again.stdout);
  assert.notDeepEqual(once.stdout, other.stdout);
});

Deno.test("simulate writes one CloudEvent a line, as many as asked for, up to the given instant", async () => {
  const { stdout } = await command(...small, "--until", "2027-03-01").output();
  const lines = new TextDecoder().decode(stdout).split("\n");
  assert.equal(lines.pop(), "");
  assert.equal(lines.length, 1_000);
  for (const line of lines) {
    const event = parseEvent(JSON.parse(line));
    assert.ok(typeof event === "object" && event.time! < Date.parse("2027-03-01"), line);
  }
});

Deno.test("simulate names everything that is wrong with its arguments and exits with 2", async () => {
  const { code, stderr, stdout } = await command(
    ...["--accounts", "none", "--days", "0", "--until", "soon", "--colour", "extra"],
  ).output();
  const message = new TextDecoder().decode(stderr);
  assert.equal(code, 2);
  assert.equal(stdout.length, 0);
  for (const problem of ["--accounts", "--days", "--until", "--colour", '"extra"']) {
    assert.match(message, new RegExp(`^${problem} `, "m"));
  }
});

Deno.test("simulate ends quietly when nobody reads any more", async () => {
  const child = command("--per-day", "2000").spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  const [status, message] = await Promise.all([child.status, new Response(child.stderr).text()]);
  assert.equal(status.code, 0);
  assert.equal(message, "");
});
