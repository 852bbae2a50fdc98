import { Hono } from "hono";
import { type Api, DocsPage } from "../views/docs.tsx";
import { openapi } from "./openapi.ts";
import type { AppEnv, Parts } from "./parts.ts";

/** `/docs`: what /openapi.json says, for people. */
export function docsRoutes({ config }: Parts): Hono<AppEnv> {
  let api: Api | undefined;
  return new Hono<AppEnv>().get("/docs", (c) => {
    // As it is served: the page knows no more than any other reader.
    api ??= JSON.parse(JSON.stringify(openapi()));
    return c.html(<DocsPage shell={c.var.shell} api={api!} baseUrl={config.baseUrl} />);
  });
}
