import type { SendEmail } from "../domain/email.ts";
import { mailgunSender } from "../jobs/mailgun.ts";

// What every way of sending a morning has in common: each is a process of its own, which tells when it is ready, begins
// at a line on its standard input, and answers with a line of JSON.

/** What one way of sending took, in seconds, and the most memory that its process ever had, in bytes. */
export interface Sent {
  emails: number;
  seconds: number;
  memory: number;
}

export const wording = {
  ...{ baseUrl: "https://callboard.example", mailDomain: "callboard.example" },
  secretKey: "b".repeat(32),
};

/** One POST for each email, to the sink. */
export function sinkSender(url: string): SendEmail {
  const from = "Callboard <notifications@callboard.example>";
  return mailgunSender({ apiKey: "key", domain: "callboard.example", url, from });
}

/** Waits for the line, then measures how long sending takes; `send` resolves to how many emails left. */
export async function measureSending(send: () => Promise<number>): Promise<void> {
  console.log("ready");
  await Deno.stdin.read(new Uint8Array(1));
  const start = performance.now();
  const emails = await send();
  const seconds = (performance.now() - start) / 1000;
  const sent: Sent = { emails, seconds, memory: mostMemory() };
  console.log(JSON.stringify(sent));
  Deno.exit(0);
}

function mostMemory(): number {
  const status = Deno.build.os === "linux" ? Deno.readTextFileSync("/proc/self/status") : "";
  const kilobytes = status.match(/VmHWM:\s+(\d+)/)?.[1];
  return kilobytes ? Number(kilobytes) * 1024 : Deno.memoryUsage().rss;
}
