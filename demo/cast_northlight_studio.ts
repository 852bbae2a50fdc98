import type { CastAccount } from "./company.ts";

/** The studio, and the people there, who see every event. */
export const northlightStudio: CastAccount = {
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
};
