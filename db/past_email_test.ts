import { deepEqual, rejects } from "node:assert/strict";
import { NotFound } from "../domain/errors.ts";
import { onEachDatabase } from "../e2e/each_database.ts";
import { minute, monday, setStage } from "../e2e/stage.ts";
import { findEmail } from "./past_email.ts";

onEachDatabase("an email shows its reader, and nobody else, what it told and why", async (db) => {
  const { ask, happen, sweepAt } = await setStage(db);
  const id = await ask("ada", "immediately");
  await ask("ben", "daily");
  for (const subject of ["SR-1", "SR-2", "SR-3"]) await happen(subject);
  await sweepAt(monday + minute);
  const [row] = await db.query.emails.findMany();

  const email = await findEmail(db, "ada", row!.id);
  deepEqual([email.frequency, email.state, email.composedAt], [
    "immediately",
    "sent",
    monday + minute,
  ]);
  const told = email.items.map(({ event, reasons }) => [event.subject, reasons.map((r) => r.id)]);
  deepEqual(told, [["SR-1", [id]], ["SR-2", [id]], ["SR-3", [id]]]);
  await rejects(findEmail(db, "ben", row!.id), NotFound);
  await rejects(findEmail(db, "ada", "nothing"), NotFound);
});
