import type { CastAccount } from "./company.ts";

/** The fulfillment partner, and the people there: one who tuned everything among them. */
export const meridianPost: CastAccount = {
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
      purpose: "Works for a company in Los Angeles from a zone that is half an hour off the others",
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
};
