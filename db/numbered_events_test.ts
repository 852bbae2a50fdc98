import { deepEqual, equal } from "node:assert/strict";
import { onEachDatabase } from "../e2e/each_database.ts";
import { event, hour, monday, setStage } from "../e2e/stage.ts";
import { appendEvents } from "./events.ts";
import { findEmail } from "./past_email.ts";

onEachDatabase(
  "an email that tells more than an answer holds is sent, and shown again",
  async (db) => {
    const { ask, sweepAt } = await setStage(db);
    await ask("ada", "daily");
    const [type, data] = ["source-request.delivered", { summary: "s".repeat(600) }];
    for (let first = 0; first < 8_000; first += 1_000) {
      const batch = Array.from({ length: 1_000 }, (_, index) => String(first + index))
        .map((id) => event({ id, subject: `SR-${id}`, type, data }));
      await appendEvents(db, batch, monday);
    }
    equal((await sweepAt(monday + 8 * hour)).length, 1);
    const [{ id } = { id: "" }] = await db.query.emails.findMany();
    const { items } = await findEmail(db, "ada", id);
    deepEqual(
      items.map(({ event }) => event.seq),
      Array.from({ length: 8_000 }, (_, index) => index + 1),
    );
  },
);
