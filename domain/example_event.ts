/** The event by which the API is explained, as upstream systems post it. */
export const exampleEvent = {
  specversion: "1.0",
  id: "b7e2-0001",
  source: "/backlot/source-requests",
  type: "source-request.redelivery-requested",
  time: "2026-11-20T09:30:00Z",
  subject: "SR-48213",
  data: {
    accounts: ["meridian-post"],
    title: { id: "81234567", name: "Harbour Lights" },
    url: "https://upstream.example/requests/SR-48213",
    summary: "Audio drift from 00:42:10",
    content_type: "branded",
    source_type: "av-muxed",
    language: "ko",
    due: "2026-11-24",
  },
};
