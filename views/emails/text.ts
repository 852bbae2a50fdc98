import type { Earlier, Entry, Why } from "./entry.ts";
import type { Letter, Link, Section, TitleGroup } from "./letter.ts";

// The text part: the same words in the same order as the HTML part.

type Frame = Pick<Letter, "alone" | "digest">;

/** The letter as plain text: paragraphs stand apart, and every address has a line to itself. */
export function textOf(letter: Letter): string {
  const { headline, context, lateness, sections, rest, recipient, settings, unsubscribe } = letter;
  const paragraphs = [
    `${headline}\n${context}`,
    ...lateness ? [lateness] : [],
    ...sections.flatMap((section) => sectionText(section, letter)),
    ...rest ? [linkText(rest)] : [],
    ...whysText(letter),
    `-- \n${recipient}`,
    linkText(settings),
    linkText(unsubscribe),
  ];
  return `${paragraphs.join("\n\n")}\n`;
}

function sectionText({ heading, titles }: Section, frame: Frame): string[] {
  const groups = titles.flatMap((title) => titleText(title, frame));
  return heading ? [underlined(heading, "="), ...groups] : groups;
}

function titleText({ name, requests }: TitleGroup, frame: Frame): string[] {
  const entries = requests.map(({ entry, name }) => entryText(entry, name, frame));
  return frame.alone ? entries : [underlined(name, "-"), ...entries];
}

function entryText(entry: Entry, request: string | null, { alone, digest }: Frame): string {
  const what = request ? `${request}: ${entry.label}` : entry.label;
  const lines = [
    ...alone ? [] : [what],
    ...entry.stillOpen,
    entry.dates,
    entry.summary,
    entry.facts,
    entry.url,
    `Happened ${entry.happened}`,
    ...entry.earlier ? [earlierWords(entry.earlier)] : [],
    ...digest ? [whyWords(entry)] : entry.whys.map(whyText),
    ...!digest && entry.moreWhys > 0 ? [`and ${entry.moreWhys} more reasons`] : [],
  ];
  return lines.filter((line) => line !== null).join("\n");
}

/** "4 earlier: Comment Added ×2, Source Delivered, Source Request Created". */
function earlierWords({ amount, labels }: Earlier): string {
  return `${amount}: ${labels}`;
}

/** The reasons of an entry without their links: "Why: one; another; and 2 more". */
export function whyWords({ whys, moreWhys }: Entry): string {
  const more = moreWhys > 0 ? [`and ${moreWhys} more`] : [];
  return `Why: ${[...whys.map(({ sentence }) => sentence), ...more].join("; ")}`;
}

function whysText({ whys, moreWhys }: Letter): string[] {
  if (whys.length === 0) return [];
  return [
    underlined("Why you get this", "="),
    ...whys.map(reasonText),
    ...moreWhys > 0 ? [`and ${moreWhys} more, among the notification settings`] : [],
  ];
}

function whyText(why: Why): string {
  return `Why: ${reasonText(why)}`;
}

function reasonText({ sentence, url, muteUrl }: Why): string {
  return [sentence, `See it: ${url}`, ...muteUrl ? [`Mute it: ${muteUrl}`] : []].join("\n");
}

function linkText({ words, url }: Link): string {
  return `${words}:\n${url}`;
}

function underlined(words: string, stroke: string): string {
  return `${words}\n${stroke.repeat(Math.min(words.length, 60))}`;
}
