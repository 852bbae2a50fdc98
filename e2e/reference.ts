// Who is owed what, told a second time: slowly, row by row, from the words of the product's description, and from
// nothing that the product itself computes with.

export type Pace = "immediately" | "hourly" | "daily" | "weekly";
export const paces: Pace[] = ["immediately", "hourly", "daily", "weekly"];

/** One question of a notification. */
export interface Question {
  field: string;
  op: string;
  values?: string[];
  value?: string | number;
}

/** A notification as its owner sees it on the page. */
export interface Asked {
  id: number;
  kind: "default" | "custom";
  type: string;
  conditions: Question[];
  frequency: Pace;
  muted: boolean;
}

export interface Reader {
  id: string;
  account: string;
  email: string;
  roles: string[];
  zone: string;
  digestHour: number;
  digestWeekday: number;
  quietFrom?: number;
  quietUntil?: number;
  active: boolean;
  asked: Asked[];
}

export interface Happening {
  id: string;
  type: string;
  time: string;
  subject: string;
  data: { accounts: string[]; [field: string]: unknown };
}

/** What each type is called, and who may see it: the rows of the table in the product's description. */
const types: Record<string, [label: string, seenBy: string]> = {
  "source-request.created": ["Source Request Created", "content, fulfillment, studio"],
  "source-request.assigned": ["Source Request Assigned", "content, fulfillment, studio"],
  "source-request.unassigned": ["Source Request Unassigned", "content, studio"],
  "source-request.due-date-changed": ["Due Date Changed", "content, fulfillment, studio"],
  "source-request.delivery-estimate-changed": ["Delivery Estimate Changed", "content, studio"],
  "source-request.delivered": ["Source Delivered", "content, fulfillment, studio"],
  "source-request.processed": ["Source Processed", "content, fulfillment, studio"],
  "source-request.accepted": ["Source Accepted", "content, fulfillment, studio"],
  "source-request.inspection-failed": ["Inspection Failed", "fulfillment, studio"],
  "source-request.redelivery-requested": [
    "Redelivery Requested",
    "content, fulfillment, qc, studio",
  ],
  "source-request.canceled": ["Source Request Canceled", "content, fulfillment, studio"],
  "source-request.upgraded": ["Source Request Upgraded", "content, fulfillment, studio"],
  "source-request.comment-added": ["Comment Added", "content, fulfillment, qc, studio"],
  "source-request.at-risk": ["Request At Risk", "content, fulfillment, studio"],
  "source-request.critical": ["Request Critical", "content, fulfillment, studio"],
  "material.received": ["Materials Received", "content, fulfillment, studio"],
  "material.updated": ["Materials Updated", "fulfillment, studio"],
  "qc.task-assigned": ["QC Task Assigned", "qc, studio"],
  "qc.deadline-near": ["QC Deadline Near", "qc, studio"],
  "qc.report-available": ["QC Report Available", "content, fulfillment, qc, studio"],
};

export function labelOf(type: string): string {
  return types[type]![0];
}

/** For each role whose eyes it lends, and whether notifications come with it unasked. */
const eyes: Record<string, { profile: string; defaults: boolean }> = {
  "content-partner-operations": { profile: "content", defaults: true },
  "master-content-partner-operations": { profile: "content", defaults: false },
  "fulfillment-partner-operations": { profile: "fulfillment", defaults: true },
  "qc-operator": { profile: "qc", defaults: true },
  "qc-vendor-manager": { profile: "qc", defaults: true },
  "studio-operations": { profile: "studio", defaults: true },
  "studio-admin": { profile: "studio", defaults: false },
};

/** Whether this notification may speak at all: its owner is here, may see the type, and has not muted it. */
function speaks(reader: Reader, { kind, type, muted }: Asked): boolean {
  const seeing = reader.roles.flatMap((role) => eyes[role] ?? [])
    .filter(({ profile }) => types[type]![1].split(", ").includes(profile));
  const isTheirs = kind === "default" ? seeing.some(({ defaults }) => defaults) : seeing.length > 0;
  return reader.active && isTheirs && !muted;
}

/** Whether the account of this reader is a party of what happened; the studio is one of everything. */
function concerns({ account, roles }: Reader, { data }: Happening): boolean {
  return roles.some((role) => role.startsWith("studio-")) || data.accounts.includes(account);
}

const groups: Record<string, string> = {
  "video-and-audio":
    "av-muxed secondary-av-muxed secondary-video secondary-audio audio-description audio-m-and-e audio-print-master imf non-imf-delivery production-locked-proxy final-proxy",
  "timed-text": "subtitle forced-subtitle sdh-cc",
  "documents": "final-script dub-cards music-cue-sheet",
};

/** Whether a value is the wanted one, or belongs to the wanted group or to the wanted language. */
function isOne(field: string, value: unknown, wanted: string): boolean {
  if (value === undefined) return false;
  const same = (text: unknown) => String(text).toLowerCase() === wanted.toLowerCase();
  if (field === "title") return Object.values(value as Record<string, string>).some(same);
  if (field === "language") {
    return same(value) || String(value).toLowerCase().startsWith(`${wanted.toLowerCase()}-`);
  }
  return same(value) || (groups[wanted] ?? "").split(" ").includes(String(value));
}

const dayOf = (date: unknown) => Math.floor(Date.parse(String(date)) / 86_400_000);

export function holds({ field, op, values = [], value: limit }: Question, event: Happening) {
  const value = event.data[field];
  if (op === "any") return values.some((wanted) => isOne(field, value, wanted));
  if (op === "none") return !values.some((wanted) => isOne(field, value, wanted));
  if (value === undefined) return false;
  if (op === "least") return Number(value) >= Number(limit);
  if (op === "most") return Number(value) <= Number(limit);
  if (op === "before") return dayOf(value) < dayOf(limit);
  if (op === "after") return dayOf(value) > dayOf(limit);
  if (op === "within") return dayOf(value) - dayOf(event.time) <= Number(limit);
  throw new Error(`The reference knows no operator "${op}"`);
}

/** The notifications of a reader that this event has to be told for. */
export function reasonsFor(reader: Reader, event: Happening): Asked[] {
  if (!concerns(reader, event)) return [];
  return reader.asked.filter((asked) =>
    asked.type === event.type && speaks(reader, asked) &&
    asked.conditions.every((question) => holds(question, event))
  );
}
