import { parseAddress } from "./addresses.ts";

// Whom an admin invites: read from lines and tables as people have them, so that each line gets an answer.

/** A line, or a row of a table, as it was read. */
export interface Row {
  /** Where it begins, from 1. */
  line: number;
  cells: string[];
}

/** Somebody to invite. */
export interface Invitee {
  line: number;
  email: string;
  name: string;
}

/** What became of somebody to invite. */
export type Outcome = "invited" | "exists" | "deactivated" | "elsewhere" | "repeated";

/** The answer to a line. */
export type Answer =
  | { line: number; outcome: Outcome; email: string; id?: string | undefined }
  | { line: number; outcome: "malformed"; why: string };

/** How many people are invited at a time. */
export const mostInvited = 500;

const longestName = 120;

/** Those whom rows name, and the rows that name nobody. What stands beside one address in a row is a name; a row of headings above them is none. */
export function readInvitees(
  rows: readonly Row[],
): { invitees: Invitee[]; malformed: Extract<Answer, { outcome: "malformed" }>[] } {
  const filled = rows
    .map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.trim()).filter(Boolean) }))
    .filter(({ cells }, index) =>
      cells.length > 0 && !(isFirst(rows, index) && areHeadings(cells))
    );
  const invitees: Invitee[] = [];
  const malformed: Extract<Answer, { outcome: "malformed" }>[] = [];
  for (const { line, cells } of filled) {
    const found = cells.filter((cell) => cell.includes("@"));
    if (found.length === 0) malformed.push({ line, outcome: "malformed", why: noAddress(cells) });
    const beside = found.length === 1 ? cells.find((cell) => !cell.includes("@")) : undefined;
    for (const cell of found) {
      const { name, text } = parted(cell);
      const email = parseAddress(text);
      if (email) {
        invitees.push({ line, email, name: personName(beside ?? name) || nameOfAddress(email) });
      } else malformed.push({ line, outcome: "malformed", why: noAddress([text]) });
    }
  }
  return { invitees, malformed };
}

/** A name fit to be shown: on one line, without what turns the direction of writing or cannot be seen. */
export function personName(text: string): string {
  const visible = text.normalize("NFC").toWellFormed()
    .replace(/[\p{Zl}\p{Zp}\s]+/gu, " ").replace(/[\p{Cc}\p{Bidi_Control}\u200b\ufeff]/gu, "");
  return [...visible.trim()].slice(0, longestName).join("");
}

/** "Ada Moreno <ada@lumen.example>", taken apart. */
function parted(cell: string): { name: string; text: string } {
  const [, name = "", text = cell] = /^(.*)<([^<>]+)>$/s.exec(cell) ?? [];
  return { name: name.replaceAll('"', ""), text };
}

/** Whether a row begins what was typed, or the file beside it, whose lines are counted anew. */
function isFirst(rows: readonly Row[], index: number): boolean {
  return index === 0 || rows[index]!.line <= rows[index - 1]!.line;
}

function areHeadings(cells: string[]): boolean {
  return cells.some((cell) => /^e-?mail/i.test(cell)) && cells.every((cell) => !/@/.test(cell));
}

/** "Ana Ruiz" for ana.ruiz@meridian-post.example: better than nothing until somebody says more. */
export function nameOfAddress(email: string): string {
  const words = email.split("@")[0]!.split(/[._+-]+/).filter((word) => word !== "");
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join(" ");
}

function noAddress(cells: string[]): string {
  const said = personName(cells.join(", ").slice(0, 80));
  return `"${said}" is no email address such as name@example.com`;
}
