import { furtherAccount } from "./cast_crowd.ts";
import type { CastAccount } from "./company.ts";

// The people of the demo. Each is here to show something, and says what.

/** The order matters: the first few alone already tell a story, and the first four hold every profile. */
export const cast: readonly CastAccount[] = [
  {
    id: "tidewrack-pictures",
    name: "Tidewrack Pictures",
    profile: "content",
    zone: "Europe/London",
    users: [
      {
        id: "nora-whitlock",
        purpose: "The everyday content partner: the defaults, and a few notifications of her own",
        name: "Nora Whitlock",
        email: "nora.whitlock@tidewrack-pictures.example",
        roles: ["content-partner-operations"],
        zone: "Europe/London",
        digestHour: 8,
        digestWeekday: 1,
        notifications: [
          {
            type: "source-request.redelivery-requested",
            conditions: [{ field: "content_type", op: "any", values: ["branded"] }],
            frequency: "hourly",
          },
          {
            type: "source-request.comment-added",
            conditions: [{ field: "title", op: "any", values: ["Harbour Lights"] }],
            frequency: "immediately",
          },
          {
            type: "source-request.created",
            conditions: [
              { field: "content_type", op: "any", values: ["branded"] },
              { field: "source_type", op: "any", values: ["video-and-audio"] },
            ],
            frequency: "weekly",
          },
        ],
      },
      {
        id: "desmond-achebe",
        purpose: "An admin who is also operations: manages people and sees events",
        name: "Desmond Achebe",
        email: "desmond.achebe@tidewrack-pictures.example",
        roles: ["content-partner-operations", "account-admin"],
        zone: "Europe/London",
        digestHour: 7,
        digestWeekday: 1,
        notifications: [
          {
            type: "source-request.at-risk",
            conditions: [{ field: "due", op: "within", value: 2 }],
            frequency: "immediately",
          },
        ],
      },
      {
        id: "ingrid-solheim",
        purpose: "Master operations: may see everything, and hears only what she asked for",
        name: "Ingrid Solheim",
        email: "ingrid.solheim@tidewrack-pictures.example",
        roles: ["master-content-partner-operations"],
        zone: "Europe/Oslo",
        digestHour: 16,
        digestWeekday: 5,
        notifications: [
          {
            type: "source-request.delivery-estimate-changed",
            conditions: [
              { field: "delay_reason", op: "any", values: ["materials-late", "technical-issue"] },
            ],
            frequency: "weekly",
          },
        ],
      },
      {
        id: "piotr-zielinski",
        purpose: "Left the company: no mail and no sign-in, but his notifications are still there",
        name: "Piotr Zieliński",
        email: "piotr.zielinski@tidewrack-pictures.example",
        roles: ["content-partner-operations"],
        zone: "Europe/Warsaw",
        digestHour: 8,
        digestWeekday: 1,
        deactivated: true,
        notifications: [
          {
            type: "source-request.critical",
            conditions: [{ field: "priority", op: "any", values: ["high", "urgent"] }],
            frequency: "immediately",
          },
        ],
      },
    ],
  },
  {
    id: "meridian-post",
    name: "Meridian Post",
    profile: "fulfillment",
    zone: "America/Los_Angeles",
    users: [
      {
        id: "ana-ruiz",
        purpose: "The everyday fulfillment partner, who must never miss a redelivery",
        name: "Ana Ruiz",
        email: "ana.ruiz@meridian-post.example",
        roles: ["fulfillment-partner-operations"],
        zone: "America/Los_Angeles",
        digestHour: 8,
        digestWeekday: 1,
        notifications: [],
      },
      {
        id: "marcus-okafor",
        purpose: "Tuned everything: many notifications of his own at every frequency, some muted",
        name: "Marcus Okafor",
        email: "marcus.okafor@meridian-post.example",
        roles: ["fulfillment-partner-operations"],
        zone: "America/Los_Angeles",
        digestHour: 6,
        digestWeekday: 1,
        notifications: [
          {
            type: "source-request.redelivery-requested",
            conditions: [
              { field: "content_type", op: "any", values: ["branded"] },
              { field: "source_type", op: "any", values: ["video-and-audio"] },
            ],
            frequency: "daily",
          },
          {
            type: "source-request.inspection-failed",
            conditions: [{ field: "error_count", op: "least", value: 10 }],
            frequency: "immediately",
          },
          {
            type: "source-request.comment-added",
            conditions: [
              { field: "author_profile", op: "any", values: ["qc", "studio"] },
              { field: "language", op: "any", values: ["es", "pt-BR"] },
            ],
            frequency: "immediately",
          },
          {
            type: "source-request.created",
            conditions: [{ field: "source_type", op: "any", values: ["timed-text"] }],
            frequency: "weekly",
          },
          {
            type: "material.updated",
            conditions: [{ field: "content_partner", op: "any", values: ["tidewrack-pictures"] }],
            frequency: "hourly",
          },
          {
            type: "source-request.delivered",
            conditions: [{ field: "priority", op: "none", values: ["urgent"] }],
            frequency: "weekly",
            muted: true,
          },
          {
            type: "source-request.accepted",
            conditions: [],
            frequency: "hourly",
            muted: true,
          },
        ],
      },
      {
        id: "priya-raman",
        purpose:
          "Works for a company in Los Angeles from a zone that is half an hour off the others",
        name: "Priya Raman",
        email: "priya.raman@meridian-post.example",
        roles: ["fulfillment-partner-operations"],
        zone: "Asia/Kolkata",
        digestHour: 9,
        digestWeekday: 2,
        notifications: [
          {
            type: "source-request.assigned",
            conditions: [{ field: "assignee", op: "any", values: ["Priya Raman"] }],
            frequency: "hourly",
          },
        ],
      },
      {
        id: "helen-brandt",
        purpose: "An admin and nothing else: manages people, sees no event and gets no mail",
        name: "Helen Brandt",
        email: "helen.brandt@meridian-post.example",
        roles: ["account-admin"],
        zone: "America/Denver",
        digestHour: 8,
        digestWeekday: 1,
        notifications: [],
      },
    ],
  },
  {
    id: "plumbline-quality-control",
    name: "Plumbline Quality Control",
    profile: "qc",
    zone: "Asia/Kolkata",
    users: [
      {
        id: "kavya-nair",
        purpose: "A QC operator: tasks and deadlines as they come, reports once a day",
        name: "Kavya Nair",
        email: "kavya.nair@plumbline-quality-control.example",
        roles: ["qc-operator"],
        zone: "Asia/Kolkata",
        digestHour: 9,
        digestWeekday: 1,
        notifications: [
          {
            type: "qc.task-assigned",
            conditions: [
              { field: "priority", op: "any", values: ["low", "normal"] },
              { field: "qc_kind", op: "any", values: ["spot"] },
            ],
            frequency: "daily",
          },
        ],
      },
      {
        id: "tomasz-wrona",
        purpose: "A QC vendor manager: follows what failed, far from the operators' zone",
        name: "Tomasz Wrona",
        email: "tomasz.wrona@plumbline-quality-control.example",
        roles: ["qc-vendor-manager", "account-admin"],
        zone: "Europe/Warsaw",
        digestHour: 17,
        digestWeekday: 4,
        notifications: [
          {
            type: "qc.report-available",
            conditions: [{ field: "result", op: "any", values: ["fail"] }],
            frequency: "immediately",
          },
          {
            type: "qc.report-available",
            conditions: [{ field: "result", op: "any", values: ["fail", "pass-with-notes"] }],
            frequency: "weekly",
          },
        ],
      },
    ],
  },
  {
    id: "northlight-studio",
    name: "Northlight Studio",
    profile: "studio",
    zone: "America/Los_Angeles",
    users: [
      {
        id: "grace-lindqvist",
        purpose: "Studio operations: sees every event of every account",
        name: "Grace Lindqvist",
        email: "grace.lindqvist@northlight-studio.example",
        roles: ["studio-operations"],
        zone: "America/Los_Angeles",
        digestHour: 8,
        digestWeekday: 1,
        notifications: [
          {
            type: "source-request.redelivery-requested",
            conditions: [
              { field: "blocker", op: "any", values: ["true"] },
              { field: "content_type", op: "any", values: ["original"] },
            ],
            frequency: "immediately",
          },
          {
            type: "source-request.delivered",
            conditions: [
              { field: "fulfillment_partner", op: "any", values: ["meridian-post"] },
            ],
            frequency: "weekly",
          },
        ],
      },
      {
        id: "samir-haddad",
        purpose: "Studio admin: manages every account, asked for one thing only, in a guessed zone",
        name: "Samir Haddad",
        email: "samir.haddad@northlight-studio.example",
        roles: ["studio-admin"],
        zone: "UTC",
        zoneGuessed: true,
        digestHour: 6,
        digestWeekday: 7,
        notifications: [
          {
            type: "source-request.critical",
            conditions: [{ field: "priority", op: "any", values: ["urgent"] }],
            frequency: "hourly",
          },
        ],
      },
    ],
  },
  {
    id: "ventanal-cine",
    name: "Ventanal Cine",
    profile: "content",
    zone: "Europe/Madrid",
    users: [
      {
        id: "lucia-ferrer",
        purpose: "A content partner who starts late and reads Spanish requests only",
        name: "Lucía Ferrer",
        email: "lucia.ferrer@ventanal-cine.example",
        roles: ["content-partner-operations", "account-admin"],
        zone: "Europe/Madrid",
        digestHour: 10,
        digestWeekday: 3,
        notifications: [
          {
            type: "source-request.due-date-changed",
            conditions: [{ field: "language", op: "any", values: ["es", "es-419"] }],
            frequency: "immediately",
          },
          {
            type: "source-request.accepted",
            conditions: [{ field: "territory", op: "any", values: ["ES", "MX"] }],
            frequency: "weekly",
          },
        ],
      },
    ],
  },
  {
    id: "dalgaram-media",
    name: "Dalgaram Media",
    profile: "fulfillment",
    zone: "Asia/Seoul",
    users: [
      {
        id: "han-seo-yeon",
        purpose:
          "A fulfillment partner whose night is the studio's day, and who wants no immediate mail in it",
        name: "Han Seo-yeon",
        email: "seo-yeon.han@dalgaram-media.example",
        roles: ["fulfillment-partner-operations"],
        zone: "Asia/Seoul",
        digestHour: 9,
        digestWeekday: 1,
        quietFrom: 22,
        quietUntil: 7,
        notifications: [
          {
            type: "source-request.created",
            conditions: [{ field: "language", op: "any", values: ["ja", "ko"] }],
            frequency: "immediately",
          },
        ],
      },
    ],
  },
  {
    id: "saltmarsh-localization",
    name: "Saltmarsh Localization",
    profile: "fulfillment",
    zone: "Europe/Lisbon",
    users: [
      {
        id: "isabel-teixeira",
        purpose:
          "Timed text alone matters to her: the rest waits for the weekly digest, and nobody else in her company hears about deadlines",
        name: "Isabel Teixeira",
        email: "isabel.teixeira@saltmarsh-localization.example",
        roles: ["fulfillment-partner-operations", "account-admin"],
        zone: "Europe/Lisbon",
        digestHour: 8,
        digestWeekday: 5,
        notifications: [
          {
            type: "source-request.assigned",
            conditions: [{ field: "source_type", op: "any", values: ["timed-text"] }],
            frequency: "hourly",
          },
          {
            type: "source-request.assigned",
            conditions: [{ field: "source_type", op: "none", values: ["timed-text"] }],
            frequency: "weekly",
          },
        ],
        mutedDefaults: ["source-request.inspection-failed"],
      },
    ],
  },
  {
    id: "petrel-and-finch",
    name: "Petrel & Finch",
    profile: "content",
    zone: "Australia/Sydney",
    users: [
      {
        id: "agnes-moyle",
        purpose: "Alone in her company: must never see another account's things",
        name: "Agnes Moyle",
        email: "agnes.moyle@petrel-and-finch.example",
        roles: ["content-partner-operations"],
        zone: "Australia/Sydney",
        digestHour: 7,
        digestWeekday: 1,
        notifications: [],
      },
    ],
  },
];

/** The first `n` accounts: the cast, then invented ones. An account is the same whatever `n` is. */
export function manyAccounts(n: number): CastAccount[] {
  const further = Math.max(0, n - cast.length);
  return [
    ...cast.slice(0, n),
    ...Array.from({ length: further }, (_, index) => furtherAccount(index)),
  ];
}

/** What each person of the cast is there to show, by id. */
export const purposes = new Map(
  cast.flatMap(({ users }) => users.map(({ id, purpose }) => [id, purpose])),
);
