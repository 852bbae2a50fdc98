import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { Hono } from "hono";
import { parseAccept } from "hono/utils/accept";
import type { Assets } from "../views/page.tsx";
import type { AppEnv } from "./parts.ts";

interface Asset {
  path: string;
  type: string;
  content: string;
  /** As small as it gets; made when first asked for, because that takes a tenth of a second. */
  packed?: Promise<Uint8Array<ArrayBuffer>>;
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
  routes.get("/:file", async (c, next) => {
    const found = loadAssets().find(({ path }) => path === `/static/${c.req.param("file")}`);
    if (!found) return await next();
    c.header("content-type", found.type);
    c.header("cache-control", "public, max-age=31536000, immutable");
    c.header("vary", "accept-encoding");
    c.header("x-content-type-options", "nosniff");
    if (!takesBrotli(c.req.header("accept-encoding"))) return c.body(found.content);
    c.header("content-encoding", "br");
    return c.body(await pack(found));
  });
  return routes;
}

function takesBrotli(accepted = ""): boolean {
  return parseAccept(accepted).some(({ type, q }) => type === "br" && q > 0);
}

/** The server's own compression has to be quick; a file that is packed once can take its time. */
async function pack(asset: Asset): Promise<Uint8Array<ArrayBuffer>> {
  asset.packed ??= compress(asset.content).then((packed) => new Uint8Array(packed));
  return await asset.packed;
}

/** Loaded when a file is first asked for: a cold start begins with a page. */
async function compress(content: string): Promise<Uint8Array> {
  const { brotliCompress } = await import("node:zlib");
  return await promisify(brotliCompress)(content);
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
    const content = lean(Deno.readTextFileSync(new URL(import.meta.resolve(source))));
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
    return { path: `/static/${name.replace(".", `.${hash}.`)}`, type, content };
  });
  return loaded;
}

/** The same without what is there for people alone: lines of comment and indentation are a fifth of our own files. */
function lean(source: string): string {
  return source.replaceAll(/^\s*(\/\/.*|\/\*[^]*?\*\/)\n|^\s+/gm, "");
}
