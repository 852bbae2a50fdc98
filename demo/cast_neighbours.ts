import type { CastAccount } from "./company.ts";

/** The companies beside the first four: each has but a few people, for what those do not show. */
export const neighbours: readonly CastAccount[] = [
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
