import { deepEqual, equal, rejects } from "node:assert/strict";
import { NotFound } from "../domain/errors.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { monday } from "../e2e/stage.ts";
import { deliverToOutbox, findOutboxEmail, listOutbox } from "./outbox.ts";

const email = (id: string) => ({
  id,
  to: "ada@lumen.example",
  subject: `Daily: ${id}`,
  headers: { "List-Id": "<lumen.callboard.example>" },
  text: "One thing happened",
  html: "<p>One thing happened</p>",
});

onEachDatabase("the outbox keeps each email once and lists the newest first", async (db) => {
  await deliverToOutbox(db, email("first"), monday);
  await deliverToOutbox(db, email("second"), monday + 1);
  await deliverToOutbox(db, { ...email("first"), subject: "again" }, monday + 2);

  deepEqual((await listOutbox(db)).map(({ id }) => id), ["second", "first"]);
  deepEqual((await listOutbox(db, 1)).map(({ id }) => id), ["second"]);
  const { to: recipient, ...rest } = email("first");
  deepEqual(await findOutboxEmail(db, "first"), { ...rest, recipient, sentAt: monday });
  equal((await listOutbox(db))[1]!.subject, "Daily: first");
  await rejects(findOutboxEmail(db, "third"), NotFound);
});
