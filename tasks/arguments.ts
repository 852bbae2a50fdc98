import { parseArgs } from "node:util";
import * as z from "zod";

/** The options of a command line, parsed; with a problem, all of them go to standard error and the process ends with 2. */
export function optionsOrExit<Shape extends z.ZodRawShape>(
  args: string[],
  shape: Shape,
): z.output<z.ZodObject<Shape>> {
  const { values, positionals } = parseArgs({
    args,
    options: Object.fromEntries(Object.keys(shape).map((name) => [name, { type: "string" }])),
    // What is wrong is said below, all of it at once.
    strict: false,
  });
  const parsed = z.object(shape).safeParse(values);
  const problems = [
    ...positionals.map((word) => `"${word}" is not an option`),
    ...Object.keys(values).filter((name) => !Object.hasOwn(shape, name))
      .map((name) => `--${name} is not an option: there are ${optionNames(shape)}`),
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `--${String(path[0])} ${message}`),
  ];
  if (parsed.success && problems.length === 0) return parsed.data;
  console.error(problems.join("\n"));
  Deno.exit(2);
}

function optionNames(shape: z.ZodRawShape): string {
  return Object.keys(shape).map((name) => `--${name}`).join(", ");
}

/** A whole number of these bounds, as an option's text. */
export function wholeNumber(from: number, to: number) {
  const error = `must be a whole number from ${from} to ${to}`;
  return z.string(error).regex(/^\d+$/, { error, abort: true }).transform(Number)
    .pipe(z.number().min(from, error).max(to, error));
}

/** An instant in milliseconds since the epoch, as an option's text; a date is its first instant in UTC. */
export function instant() {
  const error = 'must be an instant such as "2026-11-20T09:30:00Z" or a date such as "2026-11-20"';
  return z.union([z.iso.datetime({ offset: true }), z.iso.date()], { error }).transform(Date.parse);
}
