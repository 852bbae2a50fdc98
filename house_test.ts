import { deepEqual, ok } from "node:assert/strict";

// How the house is built: the rooms, what may import what, and where the clock hangs. Rules that run stay true.

interface Source {
  /** From the top of the repository. */
  path: string;
  text: string;
}

/** What the entries may import beside packages: every room, and their surroundings. */
const whatEntriesStart = [
  ...["demo", "routes", "jobs", "db", "views", "domain"],
  ...["config.ts", "environment.ts"],
];

/** What each room may import beside packages. */
const reach: Record<string, string[]> = {
  domain: ["domain"],
  // The cast and the simulated life: what the demo shows, and the tests tell.
  demo: ["demo", "domain"],
  db: ["db", "domain"],
  views: ["views", "domain"],
  // The configuration arrives as an argument; these two only say of what shape.
  routes: ["routes", "db", "views", "domain", "config.ts"],
  jobs: ["jobs", "db", "views", "domain", "config.ts"],
  tasks: ["tasks", ...whatEntriesStart],
  "telemetry.ts": ["db", "domain"],
  "main.ts": ["telemetry.ts", ...whatEntriesStart],
  "environment.ts": ["config.ts"],
  "config.ts": [],
};

/** The packages that only some places may know. */
const keepers: [RegExp, RegExp][] = [
  [/^(drizzle-orm|drizzle-kit|@libsql\/)/, /^db\//],
  [/^mailgun\.js/, /^jobs\/mailgun\.ts$/],
  [/^openid-client/, /^routes\/provider\.ts$/],
  [/^nodemailer/, /^jobs\/smtp\.ts$/],
  [/^@opentelemetry\//, /^telemetry\.ts$/],
];

const entries = /^(main\.ts$|tasks\/)/;
const outside = /\bDeno\.(env|cron)\b|\bDate\.now\(|\bnew Date(\(\)|(?!\w|\())|\bTemporal\.Now\b/g;

const badName = /^(.*_)?(utils?|helpers?)$|^(lib|libs|services?|types?|index|common|misc)$/;
const topLevel = new Set([
  ...[
    "main.ts",
    "config.ts",
    "environment.ts",
    "telemetry.ts",
    "deno.json",
    "deno.lock",
    "README.md",
  ],
  ...["main_test.ts", "config_test.ts", "environment_test.ts", "house_test.ts"],
  ...["DECISIONS.md", "CHANGELOG.md", "LICENSE"],
  ...["domain", "routes", "views", "db", "jobs", "tasks", "demo", "static", "bench", "e2e", "docs"],
]);

/** One line for each trespass. Tests, measurements and the browser's view may look into every room. */
function trespasses(sources: Source[]): string[] {
  const held = sources.filter(({ path }) => !isTest(path) && !/^(e2e|bench)\//.test(path));
  return [
    ...sources.flatMap(badNames),
    ...held.flatMap((source) => [
      ...importsOf(source).flatMap((target) => badImport(source.path, target)),
      ...barrels(source),
      ...wholeZod(source),
      ...outsideWorld(source),
    ]),
    ...missingViews(held),
  ];
}

function badNames({ path }: Source): string[] {
  return path.split("/")
    .map((part) => part.replace(/\.tsx?$/, "").replace(/_test$/, ""))
    .filter((part) => badName.test(part))
    .map((part) => `${path}: "${part}" says nothing about its subject`);
}

function badImport(path: string, target: string): string[] {
  if (target.startsWith("./") || target.startsWith("../")) {
    const found = new URL(target, `file:///${path}`).pathname.slice(1);
    if (isTest(found)) return [`${path} imports the test ${found}`];
    const allowed = reach[roomOf(path)] ?? [];
    return allowed.includes(roomOf(found)) ? [] : [`${path} imports ${found}`];
  }
  const forbidden = keepers.some(([name, keeper]) => name.test(target) && !keeper.test(path)) ||
    (roomOf(path) === "domain" && target !== "zod");
  return forbidden ? [`${path} imports ${target}`] : [];
}

function barrels(source: Source): string[] {
  return /^export \* from/m.test(withoutComments(source.text))
    ? [`${source.path} is a barrel`]
    : [];
}

/** A bundle leaves out what is not used of zod only where it is imported as a namespace. */
function wholeZod({ path, text }: Source): string[] {
  const isWhole = /^import (type )?\{[^}]*\} from "zod";$/m.test(text);
  return isWhole ? [`${path} imports the whole of zod: import * as z`] : [];
}

function outsideWorld(source: Source): string[] {
  if (entries.test(source.path)) return [];
  return [...withoutComments(source.text).matchAll(outside)]
    .map(([name]) => `${source.path} uses ${name}: only main.ts and tasks/ may`);
}

/** A noun has the same name on every floor, so a route that renders stands above a view of its name. */
function missingViews(sources: Source[]): string[] {
  const paths = new Set(sources.map(({ path }) => path));
  return sources
    .filter((source) => /^routes\/\w+\.tsx$/.test(source.path))
    .filter((source) => importsOf(source).some((target) => target.startsWith("../views/")))
    .map(({ path }) => [path, path.replace("routes/", "views/")] as const)
    .filter(([, view]) => !paths.has(view))
    .map(([path, view]) => `${path} renders, but there is no ${view}`);
}

function importsOf({ text }: Source): string[] {
  const pattern = /(?:\bfrom|\bimport)\s*\(?\s*["'`]([^"'`\n]+)["'`]/g;
  return [...withoutComments(text).matchAll(pattern)].map(([, target]) => target!);
}

/** The source with its strings, so that an import keeps its name, but without what people say about it. */
function withoutComments(text: string): string {
  const pattern =
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\/.*|\/\*[^]*?\*\//g;
  return text.replace(pattern, (_, string?: string) => string ?? " ");
}

function isTest(path: string): boolean {
  return /_test\.tsx?$/.test(path);
}

function roomOf(path: string): string {
  return path.split("/")[0]!;
}

const top = new URL(".", import.meta.url);

async function readSources(folder = ""): Promise<Source[]> {
  const found: Source[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder || ".", top))) {
    if (name.startsWith(".") || ["node_modules", "data"].includes(name)) continue;
    const path = folder + name;
    if (isDirectory) found.push(...await readSources(`${path}/`));
    else if (/\.tsx?$/.test(name)) found.push({ path, text: await read(path) });
  }
  return found;
}

function read(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, top));
}

Deno.test("everything stands in its room and imports downhill only", async () => {
  const sources = await readSources();
  ok(sources.some(({ path }) => path === "domain/catalogue.ts"));
  deepEqual(trespasses(sources), []);
});

Deno.test("nothing stands at the top that is not on the parts list", async () => {
  const ignored = (await read(".gitignore")).split("\n").map((line) => line.replace(/\/$/, ""));
  const found: string[] = [];
  for await (const { name } of Deno.readDir(top)) found.push(name);
  const strays = found.filter((name) =>
    !name.startsWith(".") && !ignored.includes(name) && !topLevel.has(name)
  );
  deepEqual(strays, []);
});

/** A made-up file, and the trespass that it is, if it is one. */
const examples: [path: string, text: string, trespass?: string][] = [
  ["domain/a.ts", 'import * as z from "zod";'],
  ["domain/a.ts", 'import { Hono } from "hono";', "domain/a.ts imports hono"],
  ["domain/a.ts", 'import fs from "node:fs";', "domain/a.ts imports node:fs"],
  ["domain/a.ts", 'import { b } from "../db/b.ts";', "domain/a.ts imports db/b.ts"],
  ["domain/a.ts", 'import type {\n  B,\n} from "../db/b.ts";', "domain/a.ts imports db/b.ts"],
  ["db/a.ts", 'import { b } from "../domain/b.ts";'],
  ["db/a.ts", 'import { b } from "../views/b.tsx";', "db/a.ts imports views/b.tsx"],
  ["db/a.ts", 'import { sql } from "drizzle-orm";'],
  ["routes/a.ts", 'import { sql } from "drizzle-orm";', "routes/a.ts imports drizzle-orm"],
  [
    "tasks/a.ts",
    'const { createClient } = await import("@libsql/client/web");',
    "tasks/a.ts imports @libsql/client/web",
  ],
  ["views/a.tsx", 'import type { B } from "../db/b.ts";', "views/a.tsx imports db/b.ts"],
  ["views/emails/a.tsx", 'import { b } from "../../domain/b.ts";'],
  [
    "views/emails/a.tsx",
    'export { b } from "../../db/b.ts";',
    "views/emails/a.tsx imports db/b.ts",
  ],
  ["routes/a.ts", 'import { send } from "../jobs/b.ts";', "routes/a.ts imports jobs/b.ts"],
  ["routes/a.ts", 'import "../main.ts";', "routes/a.ts imports main.ts"],
  ["routes/a.ts", 'import type { Config } from "../config.ts";'],
  ["jobs/a.ts", 'import { b } from "../environment.ts";', "jobs/a.ts imports environment.ts"],
  ["db/a.ts", 'import type { Config } from "../config.ts";', "db/a.ts imports config.ts"],
  ["jobs/a.ts", 'import { b } from "../routes/b.ts";', "jobs/a.ts imports routes/b.ts"],
  ["jobs/a.ts", 'import { b } from "../tasks/b.ts";', "jobs/a.ts imports tasks/b.ts"],
  ["jobs/mailgun.ts", 'import Mailgun from "mailgun.js";'],
  ["jobs/send.ts", 'import Mailgun from "mailgun.js";', "jobs/send.ts imports mailgun.js"],
  [
    "jobs/send.ts",
    'import { b } from "./b_test.ts";',
    "jobs/send.ts imports the test jobs/b_test.ts",
  ],
  ["main.ts", 'import { readConfig } from "./config.ts";'],
  ["main.ts", 'import { b } from "./tasks/b.ts";', "main.ts imports tasks/b.ts"],
  ["tasks/a.ts", 'import { b } from "./b.ts";'],
  ["tasks/a.ts", 'import "../main.ts";', "tasks/a.ts imports main.ts"],
  ["db/a_test.ts", 'import { b } from "../routes/b.ts"; Date.now();'],
  ["domain/a.ts", '// see import "../db/b.ts" and Date.now()\nconst url = "https://a.example";'],
  ["domain/a.ts", "/* Date.now() */"],
  ["main.ts", "Deno.cron(Deno.env.get(Date.now()), new Date());"],
  ["tasks/a.ts", "Temporal.Now.instant();"],
  ["db/a.ts", "const b = new Date(0);"],
  ["db/a.ts", "const b = new Date();", "db/a.ts uses new Date(): only main.ts and tasks/ may"],
  ["db/a.ts", "const b = new Date;", "db/a.ts uses new Date: only main.ts and tasks/ may"],
  ["db/a.ts", "b ?? Date.now()", "db/a.ts uses Date.now(: only main.ts and tasks/ may"],
  ["jobs/a.ts", "Temporal.Now", "jobs/a.ts uses Temporal.Now: only main.ts and tasks/ may"],
  ["jobs/a.ts", 'Deno.cron("b")', "jobs/a.ts uses Deno.cron: only main.ts and tasks/ may"],
  ["config.ts", 'Deno.env.get("B")', "config.ts uses Deno.env: only main.ts and tasks/ may"],
  ["domain/utils.ts", "", 'domain/utils.ts: "utils" says nothing about its subject'],
  [
    "db/date_utils_test.ts",
    "",
    'db/date_utils_test.ts: "date_utils" says nothing about its subject',
  ],
  ["lib/a.ts", "", 'lib/a.ts: "lib" says nothing about its subject'],
  ["views/index.tsx", "", 'views/index.tsx: "index" says nothing about its subject'],
  ["domain/event_types.ts", ""],
  ["domain/a.ts", 'export * from "./b.ts";', "domain/a.ts is a barrel"],
  ["domain/a.ts", 'import * as z from "zod";'],
  [
    "domain/a.ts",
    'import { z } from "zod";',
    "domain/a.ts imports the whole of zod: import * as z",
  ],
  ["routes/a.tsx", 'import { c } from "hono";'],
  [
    "routes/a.tsx",
    'import { Page } from "../views/page.tsx";',
    "routes/a.tsx renders, but there is no views/a.tsx",
  ],
];

Deno.test("the rules of the house see every trespass and nothing else", () => {
  for (const [path, text, trespass] of examples) {
    deepEqual(trespasses([{ path, text }]), trespass ? [trespass] : []);
  }
});

Deno.test("a route that renders is content with a view of its name", () => {
  const route = { path: "routes/a.tsx", text: 'import { Page } from "../views/page.tsx";' };
  deepEqual(trespasses([route, { path: "views/a.tsx", text: "" }]), []);
});
