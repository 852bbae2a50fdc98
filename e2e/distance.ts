/** A way to a server on loopback that takes so many milliseconds in each direction, as if the server stood far away. */
export interface Distance {
  port: number;
  stop(): void;
}

/** Opens such a way to a port. */
export function startDistance(port: number, delay: number): Distance {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const travel = async (here: Deno.Conn) => {
    open.add(here);
    const there = await Deno.connect({ hostname: "127.0.0.1", port });
    open.add(there);
    await Promise.allSettled([carry(here, there, delay), carry(there, here, delay)]);
    open.delete(here);
    open.delete(there);
  };
  const accept = async () => {
    for await (const here of listener) travel(here);
  };
  accept();
  return {
    port: listener.addr.port,
    stop: () => {
      listener.close();
      for (const connection of open) connection.close();
    },
  };
}

/** Hands on what comes, each piece so much later; pieces travel one behind the other, not one after the other. */
async function carry(from: Deno.Conn, to: Deno.Conn, delay: number): Promise<void> {
  const writer = to.writable.getWriter();
  let handedOn = Promise.resolve();
  for await (const piece of from.readable) {
    const arrival = new Promise((resolve) => setTimeout(resolve, delay));
    handedOn = handedOn.then(async () => {
      await arrival;
      await writer.write(piece);
    });
  }
  await handedOn;
  await writer.close();
}
