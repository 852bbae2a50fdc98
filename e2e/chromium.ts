import { type Browser, chromium } from "playwright-core";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium; null, said on stderr, where there is none. With `CI` set that is an error instead. */
export async function startChromium(): Promise<Browser | null> {
  const executablePath = findChromium();
  if (!executablePath) return null;
  return await chromium.launch({ executablePath, args: flags });
}

/** The path of the browser: `CHROMIUM_PATH`, or the first `chromium` or `google-chrome` on the path. */
export function findChromium(): string | null {
  const path = Deno.env.get("CHROMIUM_PATH") || onPath("chromium") || onPath("google-chrome");
  if (path) return path;
  const problem = "Cannot run the browser's tests: no CHROMIUM_PATH, chromium or google-chrome";
  if (Deno.env.get("CI")) throw new Error(problem);
  console.error(`${problem}; they are skipped`);
  return null;
}

function onPath(name: string): string | undefined {
  const folders = (Deno.env.get("PATH") ?? "").split(":").filter((folder) => folder !== "");
  return folders.map((folder) => `${folder}/${name}`).find(isFile);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
