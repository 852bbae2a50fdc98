import type { Earlier, Entry, Why } from "./entry.ts";
import { htmlDocument } from "./frame.tsx";
import type { Letter, Section, TitleGroup } from "./letter.ts";
import { whyWords } from "./text.ts";

// The HTML part: the same words in the same order as the text part. Its pieces are plain functions: hono renders each
// component in an asynchronous context of its own, and a digest would have dozens.

type Frame = Pick<Letter, "alone" | "digest">;

/** The letter as an HTML document. */
export function htmlOf(letter: Letter): string {
  const { headline, context, lateness, sections, rest } = letter;
  return htmlDocument(
    headline,
    <>
      <h1 dir="auto">{headline}</h1>
      <p class="small" dir="auto">{context}</p>
      {lateness && <p class="late">{lateness}</p>}
      {sections.map((section) => sectionPart(section, letter))}
      {rest && (
        <p class="rest">
          <a href={rest.url}>{rest.words}</a>
        </p>
      )}
      {whysPart(letter)}
      {footPart(letter)}
    </>,
  );
}

function sectionPart({ heading, titles }: Section, frame: Frame) {
  return (
    <>
      {heading && <h2>{heading}</h2>}
      {titles.map((title) => titlePart(title, frame))}
    </>
  );
}

function titlePart({ name, requests }: TitleGroup, frame: Frame) {
  return (
    <>
      {!frame.alone && <h3 dir="auto">{name}</h3>}
      {requests.map((request) => requestPart(request, frame))}
    </>
  );
}

function requestPart({ name, entry }: TitleGroup["requests"][number], frame: Frame) {
  return (
    <>
      {!frame.alone && name && <h4 dir="auto">{name}</h4>}
      {entryPart(entry, frame)}
    </>
  );
}

function entryPart(entry: Entry, { alone, digest }: Frame) {
  const { stillOpen, dates, urgent, summary, facts, happened, earlier } = entry;
  return (
    <div class={alone ? "entry alone" : "entry"}>
      {!alone && whatLine(entry)}
      {stillOpen.map((words) => <p class="due">{words}</p>)}
      {dates && <p class={urgent ? "due" : undefined}>{dates}</p>}
      {summary && <p class="said" dir="auto">{lines(summary)}</p>}
      {facts && <p class="small">{facts}</p>}
      {alone && openLine(entry)}
      <p class="small">
        Happened {happened}
        {digest && !earlier && ` · ${whyWords(entry)}`}
      </p>
      {earlier && earlierLine(earlier)}
      {digest && earlier && <p class="small">{whyWords(entry)}</p>}
      {!digest && entryWhys(entry)}
    </div>
  );
}

/** Not by `white-space`, which Outlook on Windows does not know. */
function lines(text: string) {
  return text.split("\n").map((line, index) => index === 0 ? line : <>{[<br />, line]}</>);
}

function whatLine({ label, url }: Entry) {
  return (
    <p class="what">
      <a href={url}>{label}</a>
    </p>
  );
}

function openLine({ open, url }: Entry) {
  return (
    <p class="open">
      <a class="what" href={url}>{open}</a>
    </p>
  );
}

function earlierLine({ amount, labels, url }: Earlier) {
  return (
    <p class="small">
      <a href={url}>{amount}</a>: {labels}
    </p>
  );
}

function entryWhys({ whys, moreWhys }: Entry) {
  return (
    <>
      {whys.map((why) => whyLine(why, "Why: "))}
      {moreWhys > 0 && <p class="small">and {moreWhys} more reasons</p>}
    </>
  );
}

function whysPart({ whys, moreWhys }: Letter) {
  return whys.length > 0 && (
    <>
      <h2>Why you get this</h2>
      {whys.map((why) => whyLine(why, ""))}
      {moreWhys > 0 && <p class="small">and {moreWhys} more, among the notification settings</p>}
    </>
  );
}

function whyLine({ sentence, url, muteUrl }: Why, before: string) {
  return (
    <p class="small">
      {before}
      <span dir="auto">{sentence}</span>.{" "}
      <span class="acts">
        <a href={url}>See it</a>
        {muteUrl && " · "}
        {muteUrl && <a href={muteUrl}>Mute it</a>}
      </span>
    </p>
  );
}

function footPart({ recipient, settings, unsubscribe }: Letter) {
  return (
    <div class="foot">
      <p class="small" dir="auto">{recipient}</p>
      <p class="small">
        <a href={settings.url}>{settings.words}</a>
        {" · "}
        <a href={unsubscribe.url}>{unsubscribe.words}</a>
      </p>
    </div>
  );
}
