import { createHash } from "node:crypto";
import { Hono } from "hono";
import type { Assets } from "../views/page.tsx";
import type { AppEnv } from "./parts.ts";

interface Asset {
  path: string;
  type: string;
  content: string;
}

const sources = {
  css: ["app.css", "text/css; charset=utf-8", "../static/app.css"],
  js: ["app.js", "text/javascript; charset=utf-8", "../static/app.js"],
  htmx: ["htmx.js", "text/javascript; charset=utf-8", "htmx.org/dist/htmx.min.js"],
  icon: ["icon.svg", "image/svg+xml", "../static/icon.svg"],
} as const;

/** Serves each file under a name that holds its hash, so that a browser may keep it for ever. */
export function staticRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/:file", (c) => {
    const found = loadAssets().find(({ path }) => path === `/static/${c.req.param("file")}`);
    if (!found) return c.notFound();
    return c.body(found.content, 200, {
      "content-type": found.type,
      "cache-control": "public, max-age=31536000, immutable",
    });
  });
  return routes;
}

/** The addresses of the files, as every page names them. */
export function assetPaths(): Assets {
  const [css, js, htmx, icon] = loadAssets().map(({ path }) => path);
  return { css: css!, js: js!, htmx: htmx!, icon: icon! };
}

let loaded: Asset[] | undefined;

/** Read when first asked for: a start without a visitor does not pay for it. */
function loadAssets(): Asset[] {
  loaded ??= [sources.css, sources.js, sources.htmx, sources.icon].map(([name, type, source]) => {
    const content = Deno.readTextFileSync(new URL(import.meta.resolve(source)));
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
    return { path: `/static/${name.replace(".", `.${hash}.`)}`, type, content };
  });
  return loaded;
}
