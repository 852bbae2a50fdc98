// Loaded before the service, whose clock then stands where a test has put it, in a file. What its crons would do, the test
// does when it likes.

const file = Deno.env.get("CLOCK_FILE")!;
Date.now = () => Number(Deno.readTextFileSync(file));
Object.defineProperty(Deno, "cron", { value: () => Promise.resolve() });
