import { CsvError, parse } from "csv-parse/sync";
import * as z from "zod";
import { Invalid } from "../domain/errors.ts";
import type { Row } from "../domain/invitations.ts";

const records = z.array(
  z.object({ info: z.object({ lines: z.number() }), record: z.array(z.string()) }),
);

/** The rows of a table as text, separated by commas, semicolons or tabs, whichever its first line has most of. Throws Invalid. */
export function parseCsv(given: string): Row[] {
  // The parser would count a line break of two characters within quotation marks as two.
  const text = given.replace(/\r\n?/g, "\n");
  try {
    const found = records.parse(parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    }));
    return found.map(({ record }, index) => ({
      line: index === 0 ? 1 : found[index - 1]!.info.lines + 1,
      cells: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines);
    throw new Invalid([{
      field: "people",
      message: `This table cannot be read: a quotation mark before line ${line + 1} does not end.`,
    }]);
  }
}

function separatorOf(text: string): string {
  const first = text.split("\n", 1)[0]!;
  const count = (separator: string) => first.split(separator).length;
  return [",", ";", "\t"].reduce((best, each) => count(each) > count(best) ? each : best);
}

/** The text of a file: UTF-8, or what spreadsheets write elsewhere. */
export function fileText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
