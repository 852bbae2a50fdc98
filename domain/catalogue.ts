// Every event type, field, value, role, frequency and default of the product, once. The form, the API's
// validation, the emails, the search and the OpenAPI document are derived from this file: adding an event
// type is one entry in `eventTypes`.

export const frequencies = {
  immediately: "Immediately",
  hourly: "Hourly",
  daily: "Daily",
  weekly: "Weekly",
} as const;
export type Frequency = keyof typeof frequencies;

/** From the fastest to the slowest. */
export const frequencyOrder = Object.keys(frequencies) as Frequency[];

export const profiles = {
  content: "Content partner",
  fulfillment: "Fulfillment partner",
  qc: "QC partner",
  studio: "Studio",
} as const;
export type Profile = keyof typeof profiles;

interface RoleDefinition {
  label: string;
  /** The profiles whose accounts may hold it. */
  profiles: Profile[];
  /** Whose event types it shows; a role without one shows none. */
  sees?: Profile;
  /** Whether the default notifications of that audience come with it. */
  defaults: boolean;
}

const roleDefinitions = {
  "content-partner-operations": {
    label: "Content Partner Operations",
    profiles: ["content"],
    sees: "content",
    defaults: true,
  },
  "master-content-partner-operations": {
    label: "Master Content Partner Operations",
    profiles: ["content"],
    sees: "content",
    defaults: false,
  },
  "fulfillment-partner-operations": {
    label: "Fulfillment Partner Operations",
    profiles: ["fulfillment"],
    sees: "fulfillment",
    defaults: true,
  },
  "qc-operator": { label: "QC Operator", profiles: ["qc"], sees: "qc", defaults: true },
  "qc-vendor-manager": { label: "QC Vendor Manager", profiles: ["qc"], sees: "qc", defaults: true },
  "account-admin": {
    label: "Account Admin",
    profiles: ["content", "fulfillment", "qc"],
    defaults: false,
  },
  "studio-operations": {
    label: "Studio Operations",
    profiles: ["studio"],
    sees: "studio",
    defaults: true,
  },
  "studio-admin": { label: "Studio Admin", profiles: ["studio"], sees: "studio", defaults: false },
} satisfies Record<string, RoleDefinition>;
export type Role = keyof typeof roleDefinitions;
export const roles: Record<Role, RoleDefinition> = roleDefinitions;
export const roleIds = Object.keys(roles) as Role[];

interface FieldBase {
  label: string;
}
/** One of a short list; `groups` name values that can be chosen whole. */
export interface ChoiceField extends FieldBase {
  kind: "choice";
  values: Record<string, string>;
  groups?: Record<string, { label: string; values: string[] }>;
}
/** A BCP 47 tag or an ISO 3166 code; the platform's `Intl` knows the names. */
export interface NamedField extends FieldBase {
  kind: "language" | "territory";
}
/** `text` compares case-insensitively; `title` is matched by its name or its id. */
export interface PlainField extends FieldBase {
  kind: "text" | "title" | "number" | "date" | "flag";
}
export type Field = ChoiceField | NamedField | PlainField;
export type Fields = Record<string, Field>;

const text = (label: string): PlainField => ({ label, kind: "text" });
const date = (label: string): PlainField => ({ label, kind: "date" });
const number = (label: string): PlainField => ({ label, kind: "number" });
const choice = (label: string, values: Record<string, string>): ChoiceField => ({
  label,
  kind: "choice",
  values,
});

const sourceType: ChoiceField = {
  label: "source type",
  kind: "choice",
  values: {
    "av-muxed": "AV (Muxed)",
    "secondary-av-muxed": "Secondary AV (Muxed)",
    "secondary-video": "Secondary Video",
    "secondary-audio": "Secondary Audio",
    "audio-description": "Audio Description",
    "audio-m-and-e": "Audio M&E",
    "audio-print-master": "Audio Print Master",
    "imf": "IMF",
    "non-imf-delivery": "Non-IMF Delivery",
    "production-locked-proxy": "Production Locked Proxy",
    "final-proxy": "Final Proxy",
    "subtitle": "Subtitle",
    "forced-subtitle": "Forced Subtitle",
    "sdh-cc": "SDH/CC",
    "final-script": "Final Script",
    "dub-cards": "Dub Cards",
    "music-cue-sheet": "Music Cue Sheet",
  },
  groups: {
    "video-and-audio": {
      label: "Video & Audio",
      values: [
        "av-muxed",
        "secondary-av-muxed",
        "secondary-video",
        "secondary-audio",
        "audio-description",
        "audio-m-and-e",
        "audio-print-master",
        "imf",
        "non-imf-delivery",
        "production-locked-proxy",
        "final-proxy",
      ],
    },
    "timed-text": { label: "Timed Text", values: ["subtitle", "forced-subtitle", "sdh-cc"] },
    "documents": {
      label: "Documents",
      values: ["final-script", "dub-cards", "music-cue-sheet"],
    },
  },
};

const common: Fields = {
  content_type: choice("content type", {
    "branded": "Branded",
    "original": "Original",
    "licensed": "Licensed",
    "day-of-broadcast": "Day of Broadcast",
    "day-after-broadcast": "Day After Broadcast",
  }),
  source_type: sourceType,
  language: { label: "language", kind: "language" },
  territory: { label: "territory", kind: "territory" },
  title: { label: "title", kind: "title" },
  movie_id: text("movie id"),
  package_id: text("package id"),
  season: text("season"),
  content_partner: text("content partner"),
  fulfillment_partner: text("fulfillment partner"),
  priority: choice("priority", { low: "Low", normal: "Normal", high: "High", urgent: "Urgent" }),
};

const due = date("due");
const material = text("material");
const area = choice("area", {
  "asset-delivery": "Asset Delivery",
  "assignment": "Assignment",
  "materials": "Materials",
});
const qcKind = choice("QC kind", { "full": "Full", "spot": "Spot", "fix-check": "Fix Check" });
const delayReason = choice("delay reason", {
  "materials-late": "Materials late",
  "technical-issue": "Technical issue",
  "awaiting-approval": "Awaiting approval",
  "capacity": "Capacity",
  "other": "Other",
});
const redeliveryReason = choice("reason", {
  "audio-sync": "Audio sync",
  "audio-quality": "Audio quality",
  "video-quality": "Video quality",
  "timed-text": "Timed text",
  "wrong-version": "Wrong version",
  "corrupt-file": "Corrupt file",
  "metadata": "Metadata",
});
const cancellationReason = choice("reason", {
  "no-longer-needed": "No longer needed",
  "duplicate-request": "Duplicate request",
  "title-withdrawn": "Title withdrawn",
  "created-in-error": "Created in error",
});
const upgradeReason = choice("reason", {
  "better-source": "Better source available",
  "new-version": "New version",
  "format-change": "Format change",
});
const authorProfile = choice("author's profile", { ...profiles });

export interface EventTypeDefinition {
  label: string;
  /** What happened, as the first line of an email says it; the title and the request follow. */
  sentence: string;
  fields: Fields;
  frequencies: Frequency[];
  /** Who may see it, and what each of them hears without asking; null means visible, but silent. */
  audience: Partial<Record<Profile, Frequency | null>>;
  /** Asks for action of whoever is told: something is late, refused or left lying if nobody does anything. */
  asks?: true;
  /** The event types that ask nothing any more, of the same request, once this has happened after them. */
  settles?: string[];
}

const all = frequencyOrder;
const untilDaily: Frequency[] = ["immediately", "hourly", "daily"];
const untilHourly: Frequency[] = ["immediately", "hourly"];

// Types with a deadline ask for action, and so does a request that nobody works on. What is created, assigned or
// commented on is information: who has to see to it hears of it at once, and it asks again when its deadline comes near.
const fileAsked = [
  "source-request.inspection-failed",
  "source-request.redelivery-requested",
  "source-request.at-risk",
  "source-request.critical",
];
// A report settles no QC task: there may be others for the same request.
const everythingAsked = [
  ...fileAsked,
  "source-request.unassigned",
  "qc.task-assigned",
  "qc.deadline-near",
];

export const eventTypes: Record<string, EventTypeDefinition> = {
  "source-request.created": {
    label: "Source Request Created",
    sentence: "A source request was created",
    fields: { ...common, due },
    frequencies: all,
    audience: { content: "daily", fulfillment: "daily", studio: null },
  },
  "source-request.assigned": {
    label: "Source Request Assigned",
    sentence: "A source request was assigned",
    fields: { ...common, due, assignee: text("assignee") },
    frequencies: all,
    audience: { content: "daily", fulfillment: "immediately", studio: null },
    settles: ["source-request.unassigned"],
  },
  "source-request.unassigned": {
    label: "Source Request Unassigned",
    sentence: "A source request has nobody assigned to it any more",
    fields: { ...common, due },
    frequencies: all,
    audience: { content: "daily", studio: "daily" },
    asks: true,
  },
  "source-request.due-date-changed": {
    label: "Due Date Changed",
    sentence: "The due date changed",
    fields: { ...common, due, previous_due: date("previous due") },
    frequencies: all,
    audience: { content: "daily", fulfillment: "daily", studio: null },
  },
  "source-request.delivery-estimate-changed": {
    label: "Delivery Estimate Changed",
    sentence: "The delivery estimate changed",
    fields: { ...common, due, estimate: date("estimate"), delay_reason: delayReason },
    frequencies: all,
    audience: { content: "daily", studio: "daily" },
  },
  "source-request.delivered": {
    label: "Source Delivered",
    sentence: "The source was delivered",
    fields: common,
    frequencies: all,
    audience: { content: "daily", fulfillment: "daily", studio: null },
    settles: fileAsked,
  },
  "source-request.processed": {
    label: "Source Processed",
    sentence: "The source was processed",
    fields: common,
    frequencies: all,
    audience: { content: null, fulfillment: "daily", studio: null },
  },
  "source-request.accepted": {
    label: "Source Accepted",
    sentence: "The source was accepted",
    fields: common,
    frequencies: all,
    audience: { content: "daily", fulfillment: "daily", studio: null },
    settles: fileAsked,
  },
  "source-request.inspection-failed": {
    label: "Inspection Failed",
    sentence: "The source failed inspection",
    fields: {
      ...common,
      inspection: choice("inspection", {
        "auto-qc": "Auto QC",
        "photon": "Photon",
        "manual": "Manual",
      }),
      error_count: number("error count"),
    },
    frequencies: untilDaily,
    audience: { fulfillment: "immediately", studio: "daily" },
    asks: true,
  },
  "source-request.redelivery-requested": {
    label: "Redelivery Requested",
    sentence: "A redelivery was requested",
    fields: {
      ...common,
      due,
      reason: redeliveryReason,
      blocker: { label: "blocker", kind: "flag" },
    },
    frequencies: untilDaily,
    audience: {
      content: "immediately",
      fulfillment: "immediately",
      qc: "daily",
      studio: "daily",
    },
    asks: true,
  },
  "source-request.canceled": {
    label: "Source Request Canceled",
    sentence: "A source request was canceled",
    fields: { ...common, reason: cancellationReason },
    frequencies: all,
    audience: { content: "daily", fulfillment: "immediately", studio: "daily" },
    settles: everythingAsked,
  },
  "source-request.upgraded": {
    label: "Source Request Upgraded",
    sentence: "A source request was upgraded",
    fields: { ...common, reason: upgradeReason },
    frequencies: all,
    audience: { content: "daily", fulfillment: "daily", studio: null },
  },
  "source-request.comment-added": {
    label: "Comment Added",
    sentence: "Somebody commented on a source request",
    fields: { ...common, author_profile: authorProfile },
    frequencies: all,
    audience: { content: "hourly", fulfillment: "hourly", qc: "hourly", studio: null },
  },
  "source-request.at-risk": {
    label: "Request At Risk",
    sentence: "A source request is at risk",
    fields: { ...common, due, area },
    frequencies: untilDaily,
    audience: { content: "immediately", fulfillment: "immediately", studio: "hourly" },
    asks: true,
  },
  "source-request.critical": {
    label: "Request Critical",
    sentence: "A source request is critical",
    fields: { ...common, due, area },
    frequencies: untilHourly,
    audience: { content: "immediately", fulfillment: "immediately", studio: "immediately" },
    asks: true,
  },
  "material.received": {
    label: "Materials Received",
    sentence: "Materials were received",
    fields: { ...common, material },
    frequencies: all,
    audience: { content: null, fulfillment: "daily", studio: null },
  },
  "material.updated": {
    label: "Materials Updated",
    sentence: "Materials were updated",
    fields: { ...common, material },
    frequencies: all,
    audience: { fulfillment: "daily", studio: null },
  },
  "qc.task-assigned": {
    label: "QC Task Assigned",
    sentence: "A QC task was assigned",
    // The vocabulary lists priority for this type by name; it is among the common fields already.
    fields: { ...common, due, qc_kind: qcKind },
    frequencies: untilDaily,
    audience: { qc: "immediately", studio: null },
    asks: true,
  },
  "qc.deadline-near": {
    label: "QC Deadline Near",
    sentence: "A QC deadline is near",
    fields: { ...common, due, qc_kind: qcKind },
    frequencies: untilHourly,
    audience: { qc: "immediately", studio: "hourly" },
    asks: true,
  },
  "qc.report-available": {
    label: "QC Report Available",
    sentence: "A QC report is available",
    fields: {
      ...common,
      qc_kind: qcKind,
      result: choice("result", {
        "pass": "Pass",
        "fail": "Fail",
        "pass-with-notes": "Pass with notes",
      }),
    },
    frequencies: all,
    audience: { content: "daily", fulfillment: "daily", qc: "daily", studio: null },
  },
};

export const eventTypeIds = Object.keys(eventTypes);

/** The definition of an event type, or undefined when it is not, or no longer, in the catalogue. */
export function eventType(id: string): EventTypeDefinition | undefined {
  return Object.hasOwn(eventTypes, id) ? eventTypes[id] : undefined;
}

/** A field of an event type, or undefined when it has none, or none any more, of that name. */
export function eventField(type: string, name: string): Field | undefined {
  const fields = eventType(type)?.fields ?? {};
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The label of an event type; of one that left the catalogue, its id. */
export function eventTypeLabel(id: string): string {
  return eventType(id)?.label ?? id;
}

/** Whether a late email of this type helps nobody: it is not offered weekly. */
export function isDeadlineType(id: string): boolean {
  return eventType(id)?.frequencies.includes("weekly") === false;
}

/** Whether an event of this type asks for action. */
export function asksForAction(id: string): boolean {
  return eventType(id)?.asks === true;
}

/** The event types that ask nothing any more after an event of this type. */
export function settledBy(id: string): readonly string[] {
  return eventType(id)?.settles ?? [];
}

/** The ids of the event types that these roles may see, in the catalogue's order. */
export function visibleTypes(held: readonly Role[]): string[] {
  const audiences = new Set(held.map((role) => roles[role].sees));
  return eventTypeIds.filter((id) =>
    Object.keys(eventTypes[id]!.audience).some((profile) => audiences.has(profile as Profile))
  );
}

/** The default notifications of these roles: event type to frequency, the fastest where two roles differ. */
export function defaultNotifications(held: readonly Role[]): Map<string, Frequency> {
  const defaults = new Map<string, Frequency>();
  const audiences = held.filter((role) => roles[role].defaults).map((role) => roles[role].sees!);
  for (const id of eventTypeIds) {
    const offered = audiences.map((profile) => eventTypes[id]!.audience[profile]);
    const fastest = frequencyOrder.find((frequency) => offered.includes(frequency));
    if (fastest) defaults.set(id, fastest);
  }
  return defaults;
}

/** The roles that an account of this profile may hold. */
export function rolesFor(profile: Profile): Role[] {
  return roleIds.filter((role) => roles[role].profiles.includes(profile));
}
