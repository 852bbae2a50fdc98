import {
  type Config,
  ConfigError,
  type Environment,
  isLocal,
  type Mode,
  readConfig,
  variableNames,
} from "./config.ts";

const secretFile = "data/secret_key";

/** The configuration of this process; prints every problem and exits with status 2 when there is one. */
export function configOrExit(variables: Pick<Deno.Env, "get">, mode: Mode): Config {
  // One by one, so that a process that may read no other variable can start.
  const environment = Object.fromEntries(
    variableNames.map((name) => [name, variables.get(name)]),
  );
  try {
    return readConfig(withLocalSecret(environment, mode), mode);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(`Callboard cannot start:\n${error.message}`);
    Deno.exit(2);
  }
}

/** Where nothing leaves this machine, a missing key is made once and kept under data/. */
function withLocalSecret(environment: Environment, mode: Mode): Environment {
  if (environment.SECRET_KEY || !isLocal(environment, mode)) return environment;
  return { ...environment, SECRET_KEY: readSecret() ?? makeSecret() };
}

function readSecret(): string | null {
  try {
    return Deno.readTextFileSync(secretFile).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function makeSecret(): string {
  const secret = crypto.getRandomValues(new Uint8Array(32)).toHex();
  Deno.mkdirSync("data", { recursive: true });
  Deno.writeTextFileSync(secretFile, secret, { mode: 0o600 });
  return secret;
}
