import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // How a tag is spelled is the renderer's business: it writes `novalidate=""` and `<input/>`, which mean the same.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "void-style": "off",
    // What somebody typed keeps the spaces at its ends.
    "no-trailing-whitespace": "off",
    // The pages of emails are called by their subjects.
    "long-title": "off",
    // A question may have several answers: check boxes, lines, the ids of what was just muted.
    "form-dup-name": "off",
    // A list without bullets is no list to Safari unless it says so.
    "no-redundant-role": ["error", { exclude: ["list"] }],
    // A list item is named by its event type, so that it can be found among its like.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // Our own files need no seal: whoever can change them can change the page.
    "require-sri": ["error", { target: "crossorigin" }],
  },
});

/** What html-validate finds wrong with a page or a fragment, one line each. */
export async function htmlFindings(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`)
  );
}
