import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runTask } from "./command.ts";
import { temporaryPlace } from "./place.ts";
import { startServer } from "./production_server.ts";

// The running server, and clients that want to wear it out: what they send is written to the socket by hand.

interface Client extends Disposable {
  /** Sends a text as it is; a server that has hung up needs no more of it. */
  send(text: string): Promise<void>;
  /** The first line that comes, empty where the server hung up without a word. */
  answer(): Promise<string>;
}

async function connect(origin: string): Promise<Client> {
  const { hostname, port } = new URL(origin);
  const socket = await Deno.connect({ hostname, port: Number(port) });
  const hungUp = () => {};
  return {
    send: async (text) => {
      const bytes = new TextEncoder().encode(text);
      const writer = socket.writable.getWriter();
      await writer.write(bytes).catch(hungUp);
      writer.releaseLock();
    },
    answer: async () => {
      const { value } = await socket.readable.getReader().read().catch(() => ({
        value: undefined,
      }));
      return new TextDecoder().decode(value).split("\r\n")[0]!;
    },
    [Symbol.dispose]: () => {
      try {
        socket.close();
      } catch (error) {
        if (!(error instanceof Deno.errors.BadResource)) throw error; // closed by its own streams
      }
    },
  };
}

const begin = "GET /sign-in HTTP/1.1\r\nHost: callboard.example\r\n";
const headers = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => `x-${index}: ${"x".repeat(length)}\r\n`).join("");

/** What is refused before anything of ours sees it. */
const floods = {
  "a thousand headers": `${begin}${headers(1_000, 1)}\r\n`,
  "a header of 10 MB": `${begin}${headers(1, 10_000_000)}\r\n`,
  "an address of 1 MB": `GET /${"x".repeat(1_000_000)} HTTP/1.1\r\nHost: callboard.example\r\n\r\n`,
  "a header that never ends": `${begin}x: ${"x".repeat(10_000_000)}`,
};

Deno.test("floods of headers are refused, and clients who dawdle by the thousand keep nobody waiting", async (t) => {
  await using place = await temporaryPlace();
  equal((await runTask("db:migrate", { cwd: place.path, env: place.env })).code, 0);
  await using server = await startServer(place.path, place.env);
  ok(server.origin, server.output);
  for (const [name, text] of Object.entries(floods)) {
    await t.step(name, async () => {
      using client = await connect(server.origin);
      const [line] = await Promise.all([client.answer(), client.send(text)]);
      match(line, /^(HTTP\/1\.1 4\d\d .*|)$/);
    });
  }
  await t.step("a body that never comes is not waited for", async () => {
    using client = await connect(server.origin);
    const form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n";
    const post = begin.replace("GET", "POST");
    await client.send(`${post}Origin: https://callboard.example\r\n${form}\r\nemail=`);
    equal(await client.answer(), "HTTP/1.1 503 Service Unavailable");
  });
  await t.step("whoever posts events without a key is answered before the body", async () => {
    using client = await connect(server.origin);
    await client.send(
      "POST /api/events HTTP/1.1\r\nHost: callboard.example\r\nContent-Length: 1000000\r\n\r\n[",
    );
    equal(await client.answer(), "HTTP/1.1 401 Unauthorized");
  });
  await t.step("a thousand begin a request and do not go on", async () => {
    const clients = await Promise.all(Array.from({ length: 1_000 }, () => connect(server.origin)));
    await Promise.all(clients.map((client, index) => client.send(begin.slice(0, index % 40))));
    const pages = Array.from({ length: 20 }, () => fetch(`${server.origin}/sign-in`));
    const statuses = (await Promise.all(pages)).map(async (page) => {
      await page.body?.cancel();
      return page.status;
    });
    deepEqual(await Promise.all(statuses), Array(20).fill(200));
    for (const client of clients) client[Symbol.dispose]();
  });
});
