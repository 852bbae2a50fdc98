/** A table as a file that spreadsheets open: a byte-order mark for the letters, and nothing that they would compute. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return "\ufeff" + rows.map((row) => row.map(cellText).join(",") + "\r\n").join("");
}

/** What begins like a formula gets an apostrophe, as spreadsheets themselves mark what is only text. */
function cellText(value: string): string {
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
