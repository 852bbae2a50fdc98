import type * as client from "openid-client";
import { parseVouchedAddress } from "../domain/addresses.ts";
import type { WebConfig } from "./parts.ts";

// Single sign-on as OpenID Connect has it. The library is loaded when somebody signs in by it, not before.

/** What a browser has to bring back from the provider; whoever does not have it began elsewhere. */
export interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
}

/** Whom the provider vouches for. */
export interface Identity {
  issuer: string;
  subject: string;
  /** Only one that the provider has verified. */
  email: string | null;
}

export interface Provider {
  /** Where to send the browser, and what it has to bring back. */
  begin(): Promise<{ address: string; attempt: Attempt }>;
  /** Who came back, by the query that they bring; throws where anything of it is not as it should be. */
  finish(query: string, attempt: Attempt): Promise<Identity>;
  /** Where to sign out of the provider too; null where it has no such place, or does not answer. */
  signOutAddress(): Promise<string | null>;
}

/** The provider does not answer, or says that it is in trouble. */
export class ProviderAway extends Error {
  override name = "ProviderAway";
}

type Settings = NonNullable<WebConfig["oidc"]>;

/** How long what the provider says of itself is believed, in milliseconds. */
const believed = 3_600_000;
/** How long it has for an answer, in seconds. */
const patience = 3;

/** The path to which the provider sends browsers back. */
export const callbackPath = "/sign-in/oidc/callback";

/** The provider that these settings describe; nothing is asked of it before somebody signs in. */
export function openProvider(
  settings: Settings,
  { baseUrl, now }: { baseUrl: string; now: () => number },
): Provider {
  const described = describing(settings, now);
  const redirectUri = baseUrl + callbackPath;
  return {
    async begin() {
      const { oidc, configuration } = await described();
      const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
      const verifier = oidc.randomPKCECodeVerifier();
      const address = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: "openid email",
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      });
      return { address: address.href, attempt: { state, nonce, verifier } };
    },
    async finish(query, { state, nonce, verifier }) {
      const { oidc, configuration } = await described();
      const tokens = await oidc.authorizationCodeGrant(
        configuration,
        new URL(redirectUri + query),
        { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier },
      ).catch(orAway);
      const claims = tokens.claims()!;
      const person = claims.email === undefined && configuration.serverMetadata().userinfo_endpoint
        ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub).catch(orAway)
        : claims;
      return { issuer: claims.iss, subject: claims.sub, email: verifiedEmail(person) };
    },
    async signOutAddress() {
      const found = await described().catch(() => null);
      if (!found?.configuration.serverMetadata().end_session_endpoint) return null;
      return found.oidc.buildEndSessionUrl(found.configuration, {
        post_logout_redirect_uri: `${baseUrl}/sign-in`,
      }).href;
    },
  };
}

/** Asks the provider to describe itself, once an hour; while it does not answer, the last description holds. */
function describing(settings: Settings, now: () => number) {
  let last: { metadata: client.ServerMetadata; at: number } | undefined;
  return async () => {
    const oidc = await import("openid-client");
    if (!last || now() - last.at >= believed) {
      const metadata = await discover(oidc, settings).catch((error) => {
        if (!last) return orAway(error);
        return last.metadata;
      });
      last = { metadata, at: now() };
    }
    return { oidc, configuration: configure(oidc, settings, last.metadata) };
  };
}

async function discover(oidc: typeof client, settings: Settings): Promise<client.ServerMetadata> {
  const { issuer, clientId } = settings;
  const found = await oidc.discovery(new URL(issuer), clientId, undefined, undefined, {
    execute: extensions(oidc, settings),
    timeout: patience,
    [oidc.customFetch]: fetchOrAway,
  });
  return found.serverMetadata();
}

/** One for each time: it remembers keys, and the provider may have changed them since the last sign-in. */
function configure(
  oidc: typeof client,
  settings: Settings,
  metadata: client.ServerMetadata,
): client.Configuration {
  const { clientId, clientSecret } = settings;
  const methods = metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const prove = methods.includes("client_secret_basic")
    ? oidc.ClientSecretBasic
    : oidc.ClientSecretPost;
  const configuration = new oidc.Configuration(
    { ...metadata },
    clientId,
    undefined,
    prove(clientSecret),
  );
  configuration.timeout = patience;
  configuration[oidc.customFetch] = fetchOrAway;
  for (const extend of extensions(oidc, settings)) extend(configuration);
  // The connection to the provider vouches for its tokens; their signatures do so once more.
  oidc.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** Without encryption only where the operator says so: on a loopback address, in development. */
function extensions(oidc: typeof client, { issuer }: Settings) {
  return issuer.startsWith("http:") ? [oidc.allowInsecureRequests] : [];
}

async function fetchOrAway(url: string, options: client.CustomFetchOptions): Promise<Response> {
  // What is sent to a provider is a form, or nothing.
  const body = options.body instanceof URLSearchParams ? options.body : null;
  const response = await fetch(url, { ...options, body }).catch((cause) => {
    throw new ProviderAway("no answer", { cause });
  });
  if (response.status < 500) return response;
  await response.body?.cancel();
  throw new ProviderAway(`status ${response.status}`);
}

/** Throws the error again, or that the provider is away where that is what caused it. */
function orAway(error: unknown): never {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ProviderAway) throw cause;
  }
  throw error;
}

function verifiedEmail({ email, email_verified }: Record<string, unknown>): string | null {
  return typeof email === "string" && email_verified === true ? parseVouchedAddress(email) : null;
}
