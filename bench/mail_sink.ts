// A provider that takes every message and answers as Mailgun does; `GET /` says how many it took.

let taken = 0;
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(port),
}, async (request) => {
  if (request.method === "GET") return new Response(`${taken}`);
  await request.arrayBuffer();
  taken += 1;
  return Response.json({ id: `<${taken}@sink>`, message: "Queued. Thank you." });
});
