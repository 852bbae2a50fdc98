import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { createMiddleware } from "hono/factory";
import { methodOverride } from "hono/method-override";
import { openVisits } from "../db/visits.ts";
import type { Telemetry } from "../domain/telemetry.ts";
import { accountRoutes, managingAccount, studioAdminsOnly } from "./accounts.tsx";
import { answerInTime } from "./answer_in_time.ts";
import { auditRoutes } from "./audit.tsx";
import { castRoutes } from "./cast.ts";
import { changeRoutes } from "./changes.tsx";
import { copyRoutes } from "./copies.tsx";
import { docsRoutes } from "./docs.tsx";
import { answerError, answerNotFound } from "./errors.tsx";
import { eventRoutes } from "./event.tsx";
import { eventsRoutes } from "./events.ts";
import { explorerRoutes, studioOnly } from "./explorer.tsx";
import { freshPages, securityHeaders } from "./headers.ts";
import { healthRoutes } from "./health.ts";
import { historyRoutes } from "./history.tsx";
import { homeRoutes } from "./home.tsx";
import { invitationRoutes, longestTable } from "./invitations.tsx";
import { keyRoutes } from "./keys.tsx";
import { letterRoutes } from "./letters.ts";
import { mailgunRoutes } from "./mailgun.ts";
import { matchedEventsRoutes } from "./matched_events.tsx";
import { muteRoutes } from "./mute.tsx";
import { noiseRoutes } from "./noise.tsx";
import { notificationActionRoutes } from "./notification_actions.tsx";
import { notificationWindowRoutes } from "./notification_window.tsx";
import { notificationRoutes } from "./notifications.tsx";
import { openapiRoutes } from "./openapi.ts";
import { oidcRoutes } from "./oidc.tsx";
import { operationsRoutes } from "./operations.tsx";
import { outboxRoutes } from "./outbox.tsx";
import type { AppEnv, Equipped, Parts } from "./parts.ts";
import { pastEmailRoutes } from "./past_email.tsx";
import { adminsOnly, peopleRoutes } from "./people.tsx";
import { personRoutes } from "./person.tsx";
import { preparationRoutes } from "./preparations.tsx";
import { openProvider } from "./provider.ts";
import { reachRoutes } from "./reach.tsx";
import { patternOf } from "./route_of.ts";
import { scheduleRoutes } from "./schedule.tsx";
import { scimRoutes } from "./scim.ts";
import { selectionRoutes } from "./selection.tsx";
import { signedIn, signedInThemselves, visiting } from "./session.ts";
import { sessionRoutes } from "./sessions.tsx";
import { signInRoutes } from "./sign_in.tsx";
import { snoozeRoutes } from "./snooze.tsx";
import { assetPaths, staticRoutes } from "./static.ts";
import { supportRoutes } from "./support.tsx";
import { transferRoutes } from "./transfers.tsx";
import { upcomingRoutes } from "./upcoming.tsx";
import { viewingRoutes } from "./viewing.ts";

/** How long a page may keep somebody waiting, in milliseconds; then it says that something is wrong. */
const patience = 4_000;

/** The whole web, as one function from request to response. */
export function createApp(given: Parts): Hono<AppEnv> {
  const { db, now, config: { baseUrl, oidc } } = given;
  const provider = oidc && openProvider(oidc, { baseUrl, now });
  const parts: Equipped = { ...given, visits: openVisits(db), provider };
  const app = new Hono<AppEnv>();
  app.onError(answerError(given.report));
  app.notFound(answerNotFound);
  if (given.telemetry) app.use(watched(given.telemetry));
  app.use(putAndDeleteByForm(app), shell(parts));
  // Before everybody else's headers: emails bring styles of their own.
  app.route("/", letterRoutes(parts));
  // Nothing of what guards a page means anything to a file, and there are four of them on a first visit.
  app.route("/static", staticRoutes());
  app.use(securityHeaders);

  // A bulk load may take as long as it likes.
  app.route("/", eventsRoutes(parts));
  // A whole company may come at once.
  app.route("/scim/v2", scimRoutes(parts));
  // Whom it asks has a time limit of their own.
  app.route("/", oidcRoutes(parts));
  app.use(answerInTime(patience));
  app.route("/", healthRoutes(parts));
  app.route("/", openapiRoutes());

  app.use(limitedBody(), freshPages);
  // Before the guard against forged requests: others post to these, and a signature is what protects them.
  app.route("/mute", muteRoutes(parts));
  app.route("/webhooks", mailgunRoutes(parts));
  app.use(ownPagesOnly(parts));

  app.route("/", docsRoutes(parts));
  app.route("/", signInRoutes(parts));
  if (parts.config.demo) {
    app.route("/", castRoutes(parts));
    app.route("/", outboxRoutes(parts));
  }
  app.route("/", homeRoutes(parts));
  app.route("/", viewingRoutes(parts));
  app.use("/notifications/*", visiting(parts));
  app.use("/noise/*", visiting(parts));
  app.use("/emails/*", signedIn(parts));
  app.use("/events/*", signedIn(parts));
  app.use("/schedule/*", visiting(parts));
  app.use("/history/*", signedIn(parts));
  app.use("/sessions/*", signedInThemselves(parts));
  app.use("/support/*", signedIn(parts));
  app.use("/people/*", signedIn(parts), adminsOnly);
  app.use("/accounts/*", signedIn(parts), studioAdminsOnly);
  app.use("/accounts/:account/people/*", managingAccount(parts));
  app.use("/keys/*", signedIn(parts), studioAdminsOnly);
  app.use("/audit/*", signedIn(parts));
  app.use("/explorer/*", signedIn(parts), studioOnly);
  app.use("/operations/*", signedIn(parts), studioOnly);
  app.route("/notifications", notificationWindowRoutes(parts));
  app.route("/notifications", notificationRoutes(parts));
  app.route("/notifications", snoozeRoutes(parts));
  app.route("/notifications", notificationActionRoutes(parts));
  app.route("/notifications", copyRoutes(parts));
  app.route("/notifications", transferRoutes(parts));
  app.route("/notifications/changes", changeRoutes(parts));
  app.route("/notifications", matchedEventsRoutes(parts));
  app.route("/notifications/selection", selectionRoutes(parts));
  app.route("/emails", pastEmailRoutes(parts));
  app.route("/events", eventRoutes(parts));
  app.route("/history", historyRoutes(parts));
  app.route("/history", upcomingRoutes(parts));
  app.route("/noise", noiseRoutes(parts));
  app.route("/schedule", scheduleRoutes(parts));
  app.route("/accounts", accountRoutes(parts));
  app.route("/keys", keyRoutes(parts));
  app.route("/people/prepared", preparationRoutes(parts));
  for (const people of ["/people", "/accounts/:account/people"]) {
    app.route(`${people}/invitations`, invitationRoutes(parts));
    app.route(people, peopleRoutes(parts));
    app.route(people, personRoutes(parts));
  }
  app.route("/sessions", sessionRoutes(parts));
  app.route("/support", supportRoutes(parts));
  app.route("/audit", auditRoutes(parts));
  app.route("/operations", operationsRoutes(parts));
  app.route("/explorer", explorerRoutes(parts));
  app.route("/explorer", reachRoutes(parts));
  return app;
}

/** Tells of each answer by the route that was found for it. */
function watched(telemetry: Telemetry) {
  return createMiddleware<AppEnv>((c, next) =>
    telemetry.answering(next, () => ({ method: c.req.method, route: patternOf(c) }))
  );
}

/** Refuses what is longer than any form of ours; a table of people may be long. */
function limitedBody() {
  const [usual, table] = [256 * 1024, longestTable].map((maxSize) => bodyLimit({ maxSize }));
  return createMiddleware<AppEnv>((c, next) =>
    c.req.path.endsWith("/people/invitations") ? table!(c, next) : usual!(c, next)
  );
}

/** Lets a plain form PUT and DELETE by `?_method=`. By query alone: rewriting the body would lose repeated fields. */
function putAndDeleteByForm(app: Hono<AppEnv>) {
  const override = methodOverride({ app, query: "_method" });
  return createMiddleware<AppEnv>((c, next) =>
    c.req.method === "POST" ? override(c, next) : next()
  );
}

function shell({ config: { supportEmail } }: Parts) {
  return createMiddleware<AppEnv>(async (c, next) => {
    c.set("shell", { assets: assetPaths(), path: c.req.path, supportEmail });
    await next();
  });
}

/** Refuses whatever another site makes a browser post. Behind a proxy the request itself may not know its public origin. */
function ownPagesOnly({ config }: Parts) {
  const publicOrigin = new URL(config.baseUrl).origin;
  return csrf({
    origin: (origin, c) => origin === publicOrigin || origin === new URL(c.req.url).origin,
  });
}
