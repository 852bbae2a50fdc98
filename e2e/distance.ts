/** A way to a server on loopback that takes so many milliseconds in each direction, as if the server stood far away. */
export interface Distance {
  port: number;
  /** May be changed at any time. */
  delay: number;
  stop(): void;
}

/** Opens such a way to a port. */
export function startDistance(port: number, delay: number): Distance {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const travel = async (here: Deno.Conn) => {
    open.add(here);
    const there = await Deno.connect({ hostname: "127.0.0.1", port }).catch(() => here.close());
    if (!there) return;
    open.add(there);
    // Where one half breaks the other has nothing to wait for.
    await Promise.all([carry(here, there, way), carry(there, here, way)]).catch(() => {});
    for (const end of [here, there]) {
      open.delete(end);
      close(end);
    }
  };
  const accept = async () => {
    for await (const here of listener) travel(here);
  };
  accept();
  const way: Distance = {
    port: listener.addr.port,
    delay,
    stop: () => {
      listener.close();
      for (const connection of open) close(connection);
    },
  };
  return way;
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error; // closed by its own streams
  }
}

/** Hands on what comes, each piece so much later; pieces travel one behind the other, not one after the other. */
async function carry(from: Deno.Conn, to: Deno.Conn, way: Distance): Promise<void> {
  const writer = to.writable.getWriter();
  let handedOn = Promise.resolve();
  for await (const piece of from.readable) {
    const arrival = new Promise((resolve) => setTimeout(resolve, way.delay));
    handedOn = handedOn.then(async () => {
      await arrival;
      await writer.write(piece);
    });
    // Whoever waits for all of it hears of it.
    handedOn.catch(() => {});
  }
  await handedOn;
  await writer.close();
}
