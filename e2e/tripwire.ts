/** A line to a server: it knows every request before and after the server does, and can go dead at either. */
export interface Tripwire {
  url: string;
  stop(): Promise<void>;
}

/** Where a request is: the server has not seen it yet, or has done what it asked. */
export type Crossing = "before" | "after";

/** Starts the line on a free port of loopback; where `onRequest` resolves to true, it is dead from there on. */
export function startTripwire(
  target: string,
  onRequest: (crossing: Crossing, text: string) => Promise<boolean>,
): Tripwire {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const body = await request.bytes().catch(() => null);
    // Whoever died while asking has not asked.
    if (!body) return nothing();
    const text = new TextDecoder().decode(body);
    const { pathname } = new URL(request.url);
    if (await onRequest("before", text)) return nothing();
    const answer = await fetch(target + pathname, {
      method: request.method,
      headers: request.headers,
      ...request.method === "GET" ? {} : { body },
    }).catch(() => null);
    // The server itself may be dead.
    if (!answer) return nothing();
    const bytes = await answer.arrayBuffer().catch(() => null);
    if (!bytes) return nothing();
    if (await onRequest("after", text)) return nothing();
    return new Response(bytes, {
      status: answer.status,
      headers: { "content-type": answer.headers.get("content-type") ?? "" },
    });
  });
  return { url: `http://127.0.0.1:${server.addr.port}`, stop: () => server.shutdown() };
}

function nothing(): Response {
  return new Response(null, { status: 502 });
}
