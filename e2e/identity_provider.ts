import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import Provider from "oidc-provider";

/** Somebody whom the provider knows, by the name that it has for them. */
export interface Known {
  email: string;
  email_verified: boolean;
}

/** What becomes of an ID token on its way out. */
export interface Forgery {
  claims?: JWTPayload;
  /** Signs with a key that the provider never published. */
  unknownKey?: true;
}

/** What the provider is about to answer. */
interface Answering {
  path: string;
  body?: { id_token?: string };
}

const hour = 3_600;
const clientId = "callboard";
const clientSecret = "the secret between these two";

/** A real OpenID Connect provider on loopback, for an app at `origin`. */
export async function startIdentityProvider(origin: string, people: Record<string, Known>) {
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  let forgery: Forgery | undefined;
  let isAway = false;
  const asked: string[] = [];
  // Made before it is needed: a slow machine makes a key for longer than an app waits for an answer.
  const { privateKey: strayKey } = await newKey();
  const server = createServer((request, response) => {
    asked.push(new URL(request.url!, origin).pathname);
    if (!isAway) return answer(request, response);
    response.writeHead(503).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function useNewKeys() {
    const keys = await newKey();
    // At every start it warns that it is set up for tests.
    const { warn } = console;
    console.warn = () => {};
    const provider = new Provider(issuer, {
      clients: [{
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${origin}/sign-in/oidc/callback`],
        post_logout_redirect_uris: [`${origin}/sign-in`],
      }],
      claims: { openid: ["sub"], email: ["email", "email_verified"] },
      jwks: { keys: [await exportJWK(keys.privateKey)] },
      ttl: { Interaction: hour, Session: hour, Grant: hour, AccessToken: hour, IdToken: hour },
      cookies: { keys: ["a key for the cookies of this provider"] },
      findAccount: (_: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, ...people[id] }),
      }),
    });
    console.warn = warn;
    provider.use(async (context: Answering, next: () => Promise<void>) => {
      await next();
      if (context.path !== "/token" || !forgery || !context.body?.id_token) return;
      const privateKey = forgery.unknownKey ? strayKey : keys.privateKey;
      const claims = { ...decodeJwt(context.body.id_token), ...forgery.claims };
      context.body.id_token = await new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256" }).sign(privateKey);
    });
    answer = provider.callback();
  }
  await useNewKeys();

  return {
    settings: { issuer, clientId, clientSecret },
    /** The paths that it was asked for. */
    asked,
    useNewKeys,
    forge: (how?: Forgery) => void (forgery = how),
    goAway: (away: boolean) => void (isAway = away),
    signIn: (address: string, name: string) => signIn(address, { name, origin }),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

function newKey() {
  return generateKeyPair("RS256", { extractable: true });
}

/** Goes through the provider's own pages as a browser would; resolves to the address at which it sends the browser back. */
async function signIn(
  address: string,
  { name, origin }: { name: string; origin: string },
): Promise<URL> {
  const cookies = new Map<string, string>();
  let next = new URL(address);
  let prompt: "login" | "consent" = "login";
  for (let steps = 0; steps < 12; steps += 1) {
    if (next.origin === origin) return next;
    const isForm = next.pathname.startsWith("/interaction/");
    const form = new URLSearchParams({ prompt, login: name, password: "any" });
    const response = await fetch(next, {
      method: isForm ? "POST" : "GET",
      body: isForm ? form : null,
      headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
      redirect: "manual",
    });
    if (isForm) prompt = "consent";
    for (const line of response.headers.getSetCookie()) {
      const [, key, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(key!, value!);
    }
    const text = await response.text();
    const location = response.headers.get("location");
    if (!location) throw new Error(`The provider answered ${response.status}: ${text}`);
    next = new URL(location, next);
  }
  throw new Error("The provider sends its people round in circles");
}
