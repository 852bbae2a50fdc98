import { Hono } from "hono";
import { latestEvents } from "../db/log.ts";
import { visibleTypes } from "../domain/catalogue.ts";
import { mayExplore } from "../domain/people.ts";
import { HomePage } from "../views/home.tsx";
import type { AppEnv, Parts } from "./parts.ts";
import { signedIn } from "./session.ts";

const mostEvents = 50;

/** What happened lately in the account, as far as the user's roles may see it. */
export function homeRoutes(parts: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/", signedIn(parts), async (c) => {
    const { user, shell } = c.var;
    const types = visibleTypes(user.roles);
    const events = await latestEvents(parts.db, user.account, types, mostEvents);
    return c.html(
      <HomePage
        shell={shell}
        events={events}
        zone={user.zone}
        seesEvents={types.length > 0}
        explores={user.account.profile === "studio" && mayExplore(user.roles)}
        now={parts.now()}
      />,
    );
  });
  return routes;
}
