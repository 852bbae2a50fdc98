import { type Report, reportLine } from "../domain/reporting.ts";
import { createApp } from "../routes/app.tsx";
import type { Parts } from "../routes/parts.ts";
import { isBuilt } from "./place.ts";
import { startHeld } from "./production_server.ts";

type App = ReturnType<typeof createApp>;

/** The web of a test: this source in this process, or in one of its own what `deno task build` made of it. */
export interface Web {
  /** To be asked without a browser. */
  app: Pick<App, "request" | "routes">;
  /** Lets browsers in; returns where. */
  listen(): string;
  /** What it told whoever runs it, line by line. */
  logged: string[];
  stop(): Promise<void>;
}

/** How what is built runs: it reads an environment, and opens its database itself. */
type Run = Parameters<typeof startHeld>[0];

/** Starts the web at the instant that its clock shows. */
export async function startWeb(
  parts: Omit<Parts, "now" | "dispatch" | "report">,
  run: Run,
): Promise<Web> {
  const logged: string[] = [];
  const now = () => run.clock.now;
  const report: Report = (what, problem) => void logged.push(reportLine(what, problem, now()));
  const app = createApp({ ...parts, now, report, dispatch: () => {} });
  return isBuilt ? await inItsOwnProcess(app.routes, run) : inThisProcess(app, logged);
}

function inThisProcess(app: App, logged: string[]): Web {
  let server: Deno.HttpServer<Deno.NetAddr> | undefined;
  return {
    ...{ app, logged },
    listen() {
      const quietly = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
      server ??= Deno.serve(quietly, app.fetch);
      return `http://127.0.0.1:${server.addr.port}`;
    },
    stop: async () => void await server?.shutdown(),
  };
}

async function inItsOwnProcess(routes: App["routes"], run: Run): Promise<Web> {
  const { origin, logged, kill, ended } = await startHeld(run);
  return {
    logged,
    app: {
      routes,
      request: (path, init) => {
        const { pathname, search } = new URL(String(path), origin);
        return fetch(`${origin}${pathname}${search}`, { redirect: "manual", ...init });
      },
    },
    listen: () => origin,
    async stop() {
      kill();
      await ended;
      await Deno.remove(run.clock.file!);
    },
  };
}
