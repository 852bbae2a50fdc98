import type { CastAccount } from "./company.ts";

/** The content partner, and the people there: from the defaults alone to somebody who left. */
export const tidewrackPictures: CastAccount = {
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
};
