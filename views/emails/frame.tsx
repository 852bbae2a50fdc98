import type { Child } from "hono/jsx";

// No character that HTML escapes, and nothing that a mailbox has to load. Where a mailbox drops it, headings and
// paragraphs still read in order.
const style = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; background-color: #ffffff; color: #1d2025; }
table { border-collapse: collapse; }
td { padding: 28px 20px 32px; }
h1, h2, h3, h4, p, ul { margin: 0; padding: 0; font-size: 15px; line-height: 22px; font-weight: 400; text-align: left; }
h1 { font-size: 21px; line-height: 28px; font-weight: 600; margin-top: 20px; }
h2 { font-size: 13px; line-height: 20px; font-weight: 600; color: #5a616b; margin-top: 36px; padding-bottom: 6px; border-bottom: 1px solid #dfe2e6; }
h3 { font-size: 17px; line-height: 24px; font-weight: 600; margin-top: 20px; }
h4 { font-size: 13px; line-height: 20px; color: #5a616b; margin-top: 8px; font-variant-numeric: tabular-nums; }
a { color: #0b5cad; text-decoration: underline; }
.name { font-size: 13px; line-height: 20px; font-weight: 600; }
.entry { margin-top: 2px; padding-bottom: 10px; }
.what { font-weight: 600; }
.due { color: #8a4b00; }
.said { word-break: break-word; }
.small { font-size: 13px; line-height: 20px; color: #5a616b; margin-top: 4px; word-break: break-word; }
.alone { margin-top: 20px; }
.acts { white-space: nowrap; }
.open { margin-top: 12px; margin-bottom: 12px; }
.rest { margin-top: 28px; }
.late { margin-top: 12px; }
.foot { margin-top: 36px; padding-top: 12px; border-top: 1px solid #dfe2e6; }
@media (prefers-color-scheme: dark) {
  body { background-color: #16181c; color: #e6e8eb; }
  h2, h4, .small { color: #a4abb5; }
  h2, .foot { border-color: #343941; }
  a { color: #8fbcf5; }
  .due { color: #f0b765; }
}
`;

// Outlook on Windows knows no system-ui, and would take the first name for Times New Roman.
const font =
  "font-family: Segoe UI, system-ui, -apple-system, Roboto, Helvetica, Arial, sans-serif";

/** An HTML document that mailboxes show as it is: no images, nothing to load, light and dark. */
export function htmlDocument(title: string, content: Child): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{style}</style>
      </head>
      <body style={font}>
        <table role="presentation" align="center" width="100%" style="max-width: 600px">
          <tr>
            <td>
              <p class="name">Callboard</p>
              {content}
            </td>
          </tr>
        </table>
      </body>
    </html>
  );
  return `<!doctype html>${page}`;
}
