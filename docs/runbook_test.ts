import { deepEqual, ok } from "node:assert/strict";
import { jobs } from "../domain/runs.ts";

const read = (path: string) => Deno.readTextFileSync(new URL(path, import.meta.url));
const runbook = read("runbook.md");

Deno.test("the runbook knows every alarm, and none that nobody raises", () => {
  const named = (text: string) => new Set(text.match(/callboard\.[a-z]+\.[a-z_]+/g));
  const source = read("../telemetry.ts");
  const made = source.matchAll(/(?:watch|create\w+)\(\s*"(?:callboard\.)?([a-z]+\.[a-z_]+)"/g);
  const raised = [...made].map(([, name]) => `callboard.${name}`);
  ok(raised.length > 5);
  deepEqual([...named(runbook)].toSorted(), raised.toSorted());
});

Deno.test("every job that can be late, and every link, has its entry", () => {
  const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!);
  for (const job of Object.keys(jobs)) ok(headings.includes(`late: ${job}`), job);
  const anchors = headings.map((heading) =>
    heading.toLowerCase().replaceAll(/[^\w -]/g, "").replaceAll(" ", "-")
  );
  for (const [, anchor] of runbook.matchAll(/\]\(#([^)]+)\)/g)) {
    ok(anchors.includes(anchor!), anchor);
  }
});
