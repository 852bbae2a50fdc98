import type { CastAccount } from "./company.ts";

/** The QC partner, and the people there. */
export const plumblineQualityControl: CastAccount = {
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
};
