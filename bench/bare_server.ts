// The least that answers at all.

Deno.serve(
  { port: Number(Deno.args[0]), hostname: "127.0.0.1", onListen: () => {} },
  () => new Response("ok"),
);
