import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { ConfigError, type Environment, isLocal, type Mode, readConfig } from "./config.ts";

const secret = "0123456789abcdef0123456789abcdef";
const mailgun = { MAILGUN_API_KEY: "key-hush", MAILGUN_DOMAIN: "mg.callboard.example" };
const smtp = { SMTP_URL: "smtps://user:hush@mail.example:465" };
const local = { SECRET_KEY: secret };
const production = { SECRET_KEY: secret, ...mailgun };
const shared = { SECRET_KEY: secret, TURSO_DATABASE_URL: "libsql://db.example" };
const preview = { DENO_DEPLOY: "true", DENO_TIMELINE: "git-branch/next" };
const live = { DENO_DEPLOY: "true", DENO_TIMELINE: "production" };

const transports: [string, Mode, Environment, string][] = [
  ["the demo keeps its mail in the outbox", "demo", local, "outbox"],
  ["the demo keeps it there even beside Mailgun's values", "demo", production, "outbox"],
  ["dev sends when told to", "dev", { ...production, MAIL: "mailgun" }, "mailgun"],
  ["start sends by Mailgun where its values are set", "start", production, "mailgun"],
  ["start sends by SMTP where its value is set", "start", { ...local, ...smtp }, "smtp"],
  ["start keeps mail in when told to", "start", { ...production, MAIL: "outbox" }, "outbox"],
  ["MAIL decides between two", "start", { ...production, ...smtp, MAIL: "smtp" }, "smtp"],
  ["a blank MAIL is not set", "start", { ...production, MAIL: " " }, "mailgun"],
  ["a task on a file needs no mail", "task", local, "outbox"],
  ["a task on a file sends where values are set", "task", production, "mailgun"],
  ["a task on a shared database sends too", "task", { ...shared, ...smtp }, "smtp"],
  ["a preview on Deno Deploy sends nothing", "start", { ...production, ...preview }, "outbox"],
  ["a preview needs no mail at all", "start", { ...local, ...preview }, "outbox"],
  [
    "a preview sends when told to",
    "start",
    { ...production, ...preview, MAIL: "mailgun" },
    "mailgun",
  ],
  ["the production timeline sends", "start", { ...production, ...live }, "mailgun"],
  [
    "a deployment that names no timeline sends nothing",
    "start",
    { ...production, DENO_DEPLOYMENT_ID: "abc" },
    "outbox",
  ],
];

for (const [sentence, mode, env, expected] of transports) {
  Deno.test(sentence, () => equal(readConfig(env, mode).mail.transport, expected));
}

const refusals: [string, Mode, Environment, string[]][] = [
  [
    "start needs a secret and a way to send",
    "start",
    {},
    [
      "SECRET_KEY is missing: set it to at least 32 random characters",
      "MAIL is missing: set it, or set MAILGUN_API_KEY and MAILGUN_DOMAIN, or SMTP_URL",
    ],
  ],
  [
    "start does not choose between Mailgun and SMTP",
    "start",
    { ...production, ...smtp },
    ['MAIL is missing: set it to "mailgun" or "smtp", because the values of both are there'],
  ],
  [
    "a task on a shared database is as strict as start",
    "task",
    { TURSO_DATABASE_URL: "libsql://db.example" },
    [
      "SECRET_KEY is missing: set it to at least 32 random characters",
      "MAIL is missing: set it, or set MAILGUN_API_KEY and MAILGUN_DOMAIN, or SMTP_URL",
    ],
  ],
  [
    "MAIL=mailgun names each value that it lacks",
    "dev",
    { ...local, MAIL: "mailgun" },
    [
      'MAILGUN_API_KEY is missing: set it, because MAIL is "mailgun"',
      'MAILGUN_DOMAIN is missing: set it, because MAIL is "mailgun"',
    ],
  ],
  [
    "MAIL=smtp needs an address",
    "start",
    { ...production, MAIL: "smtp" },
    ['SMTP_URL is missing: set it, because MAIL is "smtp"'],
  ],
  [
    "a mail server's user without a password is a mistake",
    "start",
    { SECRET_KEY: secret, SMTP_URL: "smtps://hush@mail.example" },
    ["SMTP_URL must have both a user and a password, or neither"],
  ],
  [
    "half of Mailgun's values is a mistake, even in dev",
    "dev",
    { ...local, MAILGUN_API_KEY: "key-hush" },
    ["MAILGUN_DOMAIN is missing: set it, or remove MAILGUN_API_KEY"],
  ],
  [
    "part of single sign-on is a mistake",
    "demo",
    { ...local, OIDC_ISSUER: "https://id.example", OIDC_CLIENT_SECRET: "hush" },
    ["OIDC_CLIENT_ID is missing: set it, or remove OIDC_ISSUER and OIDC_CLIENT_SECRET"],
  ],
  [
    "a token without its database is a mistake",
    "demo",
    { ...local, TURSO_AUTH_TOKEN: "hush" },
    ["TURSO_DATABASE_URL is missing: set it, or remove TURSO_AUTH_TOKEN"],
  ],
  [
    "every malformed value is named at once, beside what is missing",
    "start",
    {
      PORT: "80000",
      BASE_URL: "callboard.example",
      TURSO_DATABASE_URL: "postgres://hush@db.example",
      SECRET_KEY: "hush",
      MAIL: "pigeon",
      MAILGUN_DOMAIN: "not a domain",
      MAILGUN_URL: "ftp://hush.example",
      SMTP_URL: "https://hush.example",
      MAIL_FROM: "Callboard",
      OIDC_ISSUER: "id.example",
      SUPPORT_EMAIL: "support",
      SEND_CONCURRENCY: "501",
      SEND_RATE: "0",
      RETENTION_DAYS: "0",
    },
    [
      'PORT must be a whole number from 0 to 65535, not "80000"',
      'BASE_URL must be an address that starts with "https://" or "http://", not "callboard.example"',
      'TURSO_DATABASE_URL must be an address that starts with "libsql://", "https://", "http://" or "file:"',
      "SECRET_KEY must have at least 32 characters",
      'MAIL must be "mailgun", "smtp" or "outbox", not "pigeon"',
      'MAILGUN_DOMAIN must be a domain such as "mg.example.com"',
      'MAILGUN_URL must be an address that starts with "https://" or "http://"',
      'SMTP_URL must be an address such as "smtps://user:password@host:465"',
      'SEND_CONCURRENCY must be a whole number from 1 to 500, not "501"',
      'SEND_RATE must be a whole number of emails a second, at least 1, not "0"',
      'MAIL_FROM must be a mailbox such as "Callboard <notifications@example.com>"',
      'OIDC_ISSUER must be an address that starts with "https://" or "http://"',
      'SUPPORT_EMAIL must be an email address such as "support@example.com"',
      'RETENTION_DAYS must be a whole number of days, at least 1, not "0"',
      "OIDC_CLIENT_ID is missing: set it, or remove OIDC_ISSUER",
      "OIDC_CLIENT_SECRET is missing: set it, or remove OIDC_ISSUER",
    ],
  ],
  ["a port is a whole number", "demo", { ...local, PORT: "80.5" }, [
    'PORT must be a whole number from 0 to 65535, not "80.5"',
  ]],
  ["links cannot live below a path", "demo", { ...local, BASE_URL: "https://a.example/b" }, [
    'BASE_URL must have no path, not "https://a.example/b"',
  ]],
  ["a sender cannot smuggle a header", "demo", { ...local, MAIL_FROM: "A\r\nBcc: <b@c.example>" }, [
    'MAIL_FROM must be a mailbox such as "Callboard <notifications@example.com>"',
  ]],
];

for (const [sentence, mode, env, expected] of refusals) {
  Deno.test(sentence, () => deepEqual(problemsOf(env, mode), expected));
}

function problemsOf(env: Environment, mode: Mode): string[] {
  let problems: string[] = [];
  throws(() => readConfig(env, mode), (error) => {
    ok(error instanceof ConfigError);
    problems = error.message.split("\n");
    return true;
  });
  return problems;
}

Deno.test("no message repeats a secret", () => {
  for (const [, mode, env] of refusals) ok(!problemsOf(env, mode).join().includes("hush"));
});

Deno.test("without any variables the demo listens on this machine alone", () => {
  deepEqual(readConfig(local, "demo"), {
    port: 8000,
    host: "127.0.0.1",
    baseUrl: "http://localhost:8000",
    database: { url: "file:data/callboard.db", authToken: undefined },
    secretKey: secret,
    mail: { transport: "outbox" },
    mailFrom: "Callboard <notifications@localhost>",
    mailDomain: "localhost",
    sendConcurrency: 50,
    sendRate: 200,
    webhookSigningKey: undefined,
    oidc: undefined,
    supportEmail: undefined,
    retentionDays: 400,
    telemetry: false,
    demo: true,
  });
});

Deno.test("every variable arrives where it belongs", () => {
  const env = {
    PORT: "0",
    HOST: "10.0.0.1",
    BASE_URL: "https://callboard.example/",
    TURSO_DATABASE_URL: "https://db.example",
    TURSO_AUTH_TOKEN: "token",
    ...production,
    MAILGUN_URL: "https://api.eu.mailgun.net/",
    MAILGUN_TIMEOUT: "5",
    SEND_CONCURRENCY: "8",
    SEND_RATE: "20",
    MAILGUN_WEBHOOK_SIGNING_KEY: "signing",
    MAIL_FROM: "Stage Door <door@callboard.example>",
    OIDC_ISSUER: "https://id.example/",
    OIDC_CLIENT_ID: "callboard",
    OIDC_CLIENT_SECRET: "shared",
    SUPPORT_EMAIL: "support@callboard.example",
    RETENTION_DAYS: "30",
    OTEL_DENO: "true",
  };
  deepEqual(readConfig(env, "start"), {
    port: 0,
    host: "10.0.0.1",
    baseUrl: "https://callboard.example",
    database: { url: "https://db.example", authToken: "token" },
    secretKey: secret,
    mail: {
      transport: "mailgun",
      apiKey: "key-hush",
      domain: "mg.callboard.example",
      url: "https://api.eu.mailgun.net",
      timeout: 5_000,
    },
    mailFrom: "Stage Door <door@callboard.example>",
    mailDomain: "mg.callboard.example",
    sendConcurrency: 8,
    sendRate: 20,
    webhookSigningKey: "signing",
    oidc: { issuer: "https://id.example/", clientId: "callboard", clientSecret: "shared" },
    supportEmail: "support@callboard.example",
    retentionDays: 30,
    telemetry: true,
    demo: false,
  });
});

Deno.test("start listens everywhere, and emails link to its port where no address is given", () => {
  const config = readConfig({ ...production, PORT: "9000" }, "start");
  deepEqual([config.host, config.baseUrl], ["0.0.0.0", "http://localhost:9000"]);
  equal(config.mailFrom, "Callboard <notifications@mg.callboard.example>");
});

Deno.test("only demo, dev and tasks on a file may make a secret of their own", () => {
  const allowed = (env: Environment) =>
    (["start", "dev", "demo", "task"] as const).filter((mode) => isLocal(env, mode));
  deepEqual(allowed({}), ["dev", "demo", "task"]);
  deepEqual(allowed({ TURSO_DATABASE_URL: " file:elsewhere.db" }), ["dev", "demo", "task"]);
  deepEqual(allowed({ TURSO_DATABASE_URL: "libsql://db.example" }), ["dev", "demo"]);
});

Deno.test(".env.example lists every variable", async () => {
  const example = await Deno.readTextFile(new URL(".env.example", import.meta.url));
  const source = await Deno.readTextFile(new URL("config.ts", import.meta.url));
  const known = source.match(/^ {2}[A-Z][A-Z_]+(?=:)/gm)!.map((name) => name.trim());
  const listed = example.match(/^#?[A-Z_]+(?==)/gm)!.map((name) => name.replace("#", ""));
  ok(known.length > 15);
  deepEqual(listed.toSorted(), known.toSorted());
});
