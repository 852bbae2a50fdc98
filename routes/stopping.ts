type Handle = (request: Request, info: Deno.ServeHandlerInfo) => Promise<Response>;

/**
 * A handler of requests that can be told to stop: what it was asked before is answered, what comes later is sent away to
 * come again. (`shutdown` of `Deno.serve` alone would tear off uploads that are under way.)
 */
export function stoppable(handle: Handle): { handle: Handle; stop(): Promise<void> } {
  const underway = new Set<Promise<Response>>();
  let isStopping = false;
  return {
    async handle(request, info) {
      if (isStopping) return comeAgain();
      const answer = handle(request, info);
      underway.add(answer);
      return await answer.finally(() => underway.delete(answer));
    },
    async stop() {
      isStopping = true;
      await Promise.allSettled(underway);
    },
  };
}

function comeAgain(): Response {
  return new Response("Callboard is being started anew. Try again in a few seconds.\n", {
    status: 503,
    headers: { "retry-after": "5", "connection": "close" },
  });
}
