// A provider that takes every message and answers as Mailgun does, after as many milliseconds as its argument says;
// `GET /` says how many it took.

const delay = Number(Deno.args[0] ?? 0);
let taken = 0;
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(port),
}, async (request) => {
  if (request.method === "GET") return new Response(`${taken}`);
  await request.arrayBuffer();
  if (delay > 0) await new Promise((over) => setTimeout(over, delay));
  taken += 1;
  return Response.json({ id: `<${taken}@sink>`, message: "Queued. Thank you." });
});
