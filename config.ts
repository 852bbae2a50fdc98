import * as z from "zod";

export type Environment = Record<string, string | undefined>;
export type Mode = "start" | "dev" | "demo" | "task";

export type MailConfig =
  | { transport: "mailgun"; apiKey: string; domain: string; url: string; timeout: number }
  | { transport: "smtp"; url: string }
  | { transport: "outbox" };

export interface Config {
  port: number;
  host: string;
  /** Without a slash at its end. */
  baseUrl: string;
  database: { url: string; authToken?: string };
  secretKey: string;
  mail: MailConfig;
  mailFrom: string;
  /** The right side of every Message-ID. */
  mailDomain: string;
  /** How many emails are on their way to the provider at once, and how many begin within a second. */
  sendConcurrency: number;
  sendRate: number;
  webhookSigningKey?: string;
  oidc?: { issuer: string; clientId: string; clientSecret: string };
  supportEmail?: string;
  retentionDays: number;
  /** Whether Deno exports what happens here over OTLP. */
  telemetry: boolean;
  /** Demo and dev: the cast to sign in as, and the outbox page. */
  demo: boolean;
}

/** Its message names every problem of the environment, one a line, and no secret. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** The configuration that these variables describe. A `ConfigError` says all that is wrong with them. */
export function readConfig(environment: Environment, mode: Mode): Config {
  const env = withoutBlanks(environment);
  const parsed = variables.safeParse(env);
  const problems = new Set([...malformed(parsed.error, env), ...missing(env, mode)]);
  const transport = transportFor(env, mode);
  if (parsed.error || problems.size > 0 || !transport) {
    throw new ConfigError([...problems].join("\n"));
  }
  return build(parsed.data, mode, transport);
}

/** Whether a missing SECRET_KEY may be made and kept under data/: in demo and dev, and by a task on a file. */
export function isLocal(environment: Environment, mode: Mode): boolean {
  const url = environment.TURSO_DATABASE_URL?.trim() || defaultDatabase;
  return mode === "demo" || mode === "dev" || (mode === "task" && url.startsWith("file:"));
}

const defaultDatabase = "file:data/callboard.db";

const webAddress = 'must be an address that starts with "https://" or "http://"';
const web = z.url({ protocol: /^https?$/, error: webAddress, abort: true });
const mailbox = /^([^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/;

const variables = z.object({
  PORT: whole({ from: 0, to: 65_535, error: "must be a whole number from 0 to 65535" }),
  HOST: z.string(),
  BASE_URL: web.regex(/^\w+:\/\/[^/?#]+\/?$/, "must have no path"),
  TURSO_DATABASE_URL: z.string().regex(/^((libsql|https?):\/\/|file:)./, {
    error: 'must be an address that starts with "libsql://", "https://", "http://" or "file:"',
  }),
  TURSO_AUTH_TOKEN: z.string(),
  SECRET_KEY: z.string().min(32, "must have at least 32 characters"),
  MAIL: z.enum(["mailgun", "smtp", "outbox"], 'must be "mailgun", "smtp" or "outbox"'),
  MAILGUN_API_KEY: z.string(),
  MAILGUN_DOMAIN: z.hostname('must be a domain such as "mg.example.com"'),
  MAILGUN_URL: web,
  MAILGUN_TIMEOUT: whole({ from: 1, to: 300, error: "must be a whole number from 1 to 300" }),
  SMTP_URL: z.url({
    protocol: /^smtps?$/,
    error: 'must be an address such as "smtps://user:password@host:465"',
    abort: true,
  }).refine(hasAllOrNothing, "must have both a user and a password, or neither"),
  SEND_CONCURRENCY: whole({ from: 1, to: 500, error: "must be a whole number from 1 to 500" }),
  SEND_RATE: whole({ from: 1, error: "must be a whole number of emails a second, at least 1" }),
  MAILGUN_WEBHOOK_SIGNING_KEY: z.string(),
  MAIL_FROM: z.string().regex(mailbox, {
    error: 'must be a mailbox such as "Callboard <notifications@example.com>"',
  }),
  OIDC_ISSUER: web,
  OIDC_CLIENT_ID: z.string(),
  OIDC_CLIENT_SECRET: z.string(),
  SUPPORT_EMAIL: z.email('must be an email address such as "support@example.com"'),
  RETENTION_DAYS: whole({ from: 1, error: "must be a whole number of days, at least 1" }),
  OTEL_DENO: z.string(),
}).partial();
type Variables = z.infer<typeof variables>;

/** Every variable that is read, and no other: a process needs permission for these alone. */
export const variableNames: readonly string[] = [
  ...Object.keys(variables.shape),
  ...["DENO_DEPLOY", "DENO_DEPLOYMENT_ID", "DENO_TIMELINE"],
];

function whole({ from, to = Number.MAX_SAFE_INTEGER, error }: {
  from: number;
  to?: number;
  error: string;
}) {
  const range = z.number().min(from, error).max(to, error);
  return z.string().regex(/^\d+$/, error).transform(Number).pipe(range);
}

function hasAllOrNothing(url: string): boolean {
  const { username, password } = new URL(url);
  return (username === "") === (password === "");
}

function withoutBlanks(environment: Environment): Record<string, string> {
  const trimmed = Object.entries(environment).map(([name, value]) => [name, value?.trim() ?? ""]);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ""));
}

/** What a message may repeat; the others can hold a password or a token. */
const printable = [
  ...["PORT", "BASE_URL", "MAIL", "MAILGUN_TIMEOUT", "SEND_CONCURRENCY", "SEND_RATE"],
  "RETENTION_DAYS",
];

function malformed(error: z.ZodError | undefined, env: Record<string, string>): string[] {
  return (error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0]);
    return `${name} ${message}${printable.includes(name) ? `, not "${env[name]}"` : ""}`;
  });
}

function missing(env: Record<string, string>, mode: Mode): string[] {
  const problems: string[] = [];
  if (!env.SECRET_KEY) {
    problems.push("SECRET_KEY is missing: set it to at least 32 random characters");
  }
  if (env.TURSO_AUTH_TOKEN && !env.TURSO_DATABASE_URL) {
    problems.push("TURSO_DATABASE_URL is missing: set it, or remove TURSO_AUTH_TOKEN");
  }
  return [...problems, ...missingForMail(env, mode), ...halfSet(env, oidcGroup)];
}

const mailgunGroup = ["MAILGUN_API_KEY", "MAILGUN_DOMAIN"];
const oidcGroup = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"];

function missingForMail(env: Record<string, string>, mode: Mode): string[] {
  const needed = { mailgun: mailgunGroup, smtp: ["SMTP_URL"] }[env.MAIL ?? ""] ?? [];
  if (env.MAIL) {
    return needed.filter((name) => !env[name])
      .map((name) => `${name} is missing: set it, because MAIL is "${env.MAIL}"`);
  }
  const incomplete = halfSet(env, mailgunGroup);
  if (incomplete.length > 0 || transportFor(env, mode)) return incomplete;
  return [
    env.SMTP_URL
      ? 'MAIL is missing: set it to "mailgun" or "smtp", because the values of both are there'
      : "MAIL is missing: set it, or set MAILGUN_API_KEY and MAILGUN_DOMAIN, or SMTP_URL",
  ];
}

/** What is missing of variables that are of use only together. */
function halfSet(env: Record<string, string>, group: string[]): string[] {
  const absent = group.filter((name) => !env[name]);
  const present = group.filter((name) => env[name]);
  if (present.length === 0) return [];
  return absent.map((name) => `${name} is missing: set it, or remove ${present.join(" and ")}`);
}

/** How mail leaves; undefined where that would be a guess. */
function transportFor(
  env: Record<string, string>,
  mode: Mode,
): MailConfig["transport"] | undefined {
  if (env.MAIL) return variables.shape.MAIL.safeParse(env.MAIL).data;
  if (mode === "demo" || mode === "dev" || isPreview(env)) return "outbox";

  const hasMailgun = mailgunGroup.every((name) => env[name]);
  if (hasMailgun && env.SMTP_URL) return undefined;
  if (hasMailgun) return "mailgun";
  if (env.SMTP_URL) return "smtp";
  return isLocal(env, mode) ? "outbox" : undefined;
}

/** Whether this is Deno Deploy, but not its production timeline: the crons run on every branch, the readers are real. */
function isPreview(env: Record<string, string>): boolean {
  const deployed = env.DENO_DEPLOY !== undefined || env.DENO_DEPLOYMENT_ID !== undefined;
  return deployed && env.DENO_TIMELINE !== "production";
}

function build(values: Variables, mode: Mode, transport: MailConfig["transport"]): Config {
  const port = values.PORT ?? 8000;
  const baseUrl = (values.BASE_URL ?? `http://localhost:${port}`).replace(/\/$/, "");
  const mailDomain = values.MAILGUN_DOMAIN ?? new URL(baseUrl).hostname;
  return {
    port,
    host: values.HOST ?? (mode === "start" ? "0.0.0.0" : "127.0.0.1"),
    baseUrl,
    database: {
      url: values.TURSO_DATABASE_URL ?? defaultDatabase,
      authToken: values.TURSO_AUTH_TOKEN,
    },
    secretKey: values.SECRET_KEY!,
    mail: buildMail(values, transport),
    mailFrom: values.MAIL_FROM ?? `Callboard <notifications@${mailDomain}>`,
    mailDomain,
    sendConcurrency: values.SEND_CONCURRENCY ?? 50,
    sendRate: values.SEND_RATE ?? 200,
    webhookSigningKey: values.MAILGUN_WEBHOOK_SIGNING_KEY,
    oidc: buildOidc(values),
    supportEmail: values.SUPPORT_EMAIL,
    retentionDays: values.RETENTION_DAYS ?? 400,
    telemetry: values.OTEL_DENO === "true",
    demo: mode === "demo" || mode === "dev",
  };
}

function buildMail(values: Variables, transport: MailConfig["transport"]): MailConfig {
  if (transport === "outbox") return { transport };
  if (transport === "smtp") return { transport, url: values.SMTP_URL! };
  return {
    transport,
    apiKey: values.MAILGUN_API_KEY!,
    domain: values.MAILGUN_DOMAIN!,
    url: (values.MAILGUN_URL ?? "https://api.mailgun.net").replace(/\/$/, ""),
    timeout: (values.MAILGUN_TIMEOUT ?? 30) * 1000,
  };
}

function buildOidc(values: Variables): Config["oidc"] {
  if (!values.OIDC_ISSUER) return undefined;
  return {
    issuer: values.OIDC_ISSUER,
    clientId: values.OIDC_CLIENT_ID!,
    clientSecret: values.OIDC_CLIENT_SECRET!,
  };
}
