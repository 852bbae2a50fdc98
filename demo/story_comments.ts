import type { Craft } from "./story_sources.ts";
import type { Life } from "./story_telling.ts";
import { languageText, timecode } from "./story_words.ts";

// What people write under a source request. {timecode}, {frames}, {language} and {title} are filled in.

type Author = "content" | "fulfillment" | "qc" | "studio";

const byAuthor: Record<Author, Record<Craft | "any", string[]>> = {
  content: {
    "any": [
      "Please hold until Thursday: legal is still clearing one song",
      "The version in the portal is the locked one, nothing changed since picture lock",
      "Can we get two more days? Half the team is down with the flu",
      "Confirmed with the producer: this is the international version",
    ],
    "video": [
      "The opening titles are still temporary until {timecode}, do not use them",
      "Scenes from {timecode} on were shot on 16 mm: the grain is intended",
      "Masters left our vault this morning, the courier has them",
      "Textless elements are at the tail, after the black",
    ],
    "audio": [
      "The song at {timecode} must stay in the original language",
      "We have no separate effects for the crowd at {timecode}, only the mix",
      "Please use the glossary of the last season for the names",
    ],
    "timed text": [
      "The sign at {timecode} matters for the plot, please caption it",
      "The nickname is never translated, see the key names",
      "The lyrics at {timecode} are cleared for subtitles",
    ],
    "documents": [
      "Episode numbers follow the broadcast order, not the production order",
      "The composer confirmed the shares, the cue sheet is final",
    ],
  },
  fulfillment: {
    "any": [
      "Received, starting tomorrow morning",
      "Which version is right? The portal shows two with the same runtime",
      "Upload is at 60 per cent, our line is slow today",
      "Runtime differs from the proxy by {frames} frames, please confirm before we go on",
    ],
    "video": [
      "We see {frames} black frames at {timecode}: intended?",
      "The frame rate of the archive insert at {timecode} is 25, the rest is 23.976",
      "Re-rendering from {timecode}, the LUT was applied twice",
    ],
    "audio": [
      "The M&E has dialogue left in it at {timecode}",
      "The {language} mix is {frames} frames late from {timecode}, conforming again",
      "The actor of the lead is back on Monday, two lines are left to record",
    ],
    "timed text": [
      "Reading speed is over the limit at {timecode}, may we condense?",
      "Is the {language} title for {title} approved? We have two spellings",
      "Shifted everything by {frames} frames after the new proxy came",
    ],
    "documents": [
      "Two cues have no publisher, can somebody fill them in?",
      "Page 41 of the script is missing in the PDF",
    ],
  },
  qc: {
    "any": [
      "Started, report by tomorrow",
      "Could not open the package at first, the second download was fine",
      "Flagged at {timecode}, please tell us whether that is intended",
    ],
    "video": ["Light flicker at {timecode}, borderline: asking a second operator"],
    "audio": ["A click of {frames} frames at {timecode} in left surround, audible on headphones"],
    "timed text": ["The forced line at {timecode} has no {language} event"],
    "documents": ["Cue 12 starts at {timecode} in the picture, not where the sheet says"],
  },
  studio: {
    "any": [
      "This one is for the launch, please keep the date",
      "Approved, go ahead with the version in the portal",
      "Who can confirm the runtime? Processing waits for it",
      "Please answer here and not by mail, so that everybody sees it",
      "The date is firm: marketing starts the day after",
    ],
    "video": ["HDR metadata is required for this one, see the delivery specification"],
    "audio": ["Near-field mix, please: the theatrical one is too wide for {title}"],
    "timed text": ["Use the regional style guide for {language}, version 12"],
    "documents": ["The dub cards need the names of all artists, also of the walla group"],
  },
};

const replies = [
  "Understood, the fixed file is on its way with _v2 in its name",
  "We see it too at {timecode}: conforming again, you have it tomorrow",
  "Is that on the file from this week? Ours plays fine at {timecode}, checking",
  "Confirmed. The source came to us that way, the fix takes a day",
  "Re-rendering now, upload starts tonight",
];

/** What the vendor answers to a redelivery that was asked for. */
export function replyWords(life: Life): string {
  return filled(life, life.chance.pick(replies));
}

/** A comment that such an author could have written on this request. */
export function commentWords(life: Life, author: Author): string {
  const { chance, request } = life;
  return filled(life, chance.pick(byAuthor[author][chance.happens(0.5) ? request.craft : "any"]));
}

function filled(life: Life, text: string): string {
  const { chance, request } = life;
  return text
    .replace("{timecode}", timecode(life))
    .replace("{frames}", `${chance.whole(2, 24)}`)
    .replace("{language}", languageText(request.facts.language!))
    .replace("{title}", request.title.name);
}
