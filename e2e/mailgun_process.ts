import { linesOf } from "./lines.ts";
import { acceptedIn, type Heard } from "./mailgun_api.ts";
import { type Failure, startMailgun } from "./mailgun_server.ts";

// The stand-in for Mailgun as a process that can be killed: one mailbox with several doors, so that it is known who met
// a failure. What it accepted stands in its log before anybody hears of it, and is there again after a kill.
// Arguments: the log, then the port of each door. Lines to it are failures to come; its own lines say which was met.

const [log, ...ports] = Deno.args;
const heard: Heard[] = Deno.readTextFileSync(log!).split("\n").filter(Boolean)
  .map((line) => JSON.parse(line));
const messages = acceptedIn(heard);
const numbers = new Map<Failure, number>();

const doors = await Promise.all(ports.map((port, door) =>
  startMailgun({
    ...{ apiKey: "key-for-the-loopback", domain: "mg.callboard.example", port: Number(port) },
    messages,
    onRequest: (each) =>
      Deno.writeTextFileSync(log!, `${JSON.stringify({ ...each, door })}\n`, { append: true }),
    onFailure: (failure) => console.log(JSON.stringify({ met: numbers.get(failure) })),
  })
));
console.log(JSON.stringify({ urls: doors.map(({ url }) => url) }));

for await (const line of linesOf(Deno.stdin.readable)) {
  const { number, door, failure }: { number: number; door: number; failure: Failure } = JSON.parse(
    line,
  );
  numbers.set(failure, number);
  doors[door]!.failNext(failure);
}
