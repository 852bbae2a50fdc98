import { equal } from "node:assert/strict";
import { browserInWords } from "./browsers.ts";

Deno.test("a browser is told by its name and its system, whatever else it claims to be", () => {
  const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
  const safari = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0";
  const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
  const known = [
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome}`, "Chrome on Windows"],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/142.0.0.0`, "Edge on Windows"],
    [`${mac} ${chrome} OPR/124.0.0.0`, "Opera on Mac"],
    [`${mac} ${safari} Safari/605.1.15`, "Safari on Mac"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) ${safari} Mobile/15E148 Safari/604.1`,
      "Safari on iPhone",
    ],
    [`Mozilla/5.0 (Linux; Android 10; K) ${chrome}`, "Chrome on Android"],
    ["curl/8.5.0", "A browser"],
    ["", "A browser"],
    [null, "A browser"],
  ] as const;
  for (const [userAgent, words] of known) equal(browserInWords(userAgent), words);
});
