import { type Database, openDatabase } from "../db/client.ts";

// Several processes in one, each of which goes on only when it is told to, statement by statement.

/** A process at work on a database. */
export interface Worker {
  db: Database;
  /** Waits for a turn; where the process was killed meanwhile, for ever. */
  turn(what: string): Promise<void>;
  /** Aborted when the process is told to stop. */
  stopping: AbortSignal;
}

/** A process that does the same work again and again. */
export interface Process {
  /** Lets it do the next thing, beginning its work anew where that was done; resolves to what it did, once it waits again or has ended. */
  goOn(): Promise<string>;
  /** Lets it do everything that is left of the work that it is at. */
  finish(): Promise<void>;
  /** Tells it to stop: its work ends as soon as it can. */
  stop(): void;
  /** It is gone, and everything that was on its way. */
  kill(): void;
  isAtWork(): boolean;
}

/** A process with a connection and a memory of its own; `begin` makes its work. */
export async function startProcess(
  url: string,
  begin: (worker: Worker) => () => Promise<unknown>,
): Promise<Process> {
  const db = await openDatabase({ url });
  const waiting: { what: string; go: () => void }[] = [];
  const stopping = new AbortController();
  let [isDead, isAtWork] = [false, false];
  let arrived = Promise.withResolvers<void>();

  function turn(what: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (!isDead) waiting.push({ what, go: resolve });
    arrived.resolve();
    return promise;
  }
  takeTurns(db, turn);
  const work = begin({ db, turn, stopping: stopping.signal });

  async function until(): Promise<void> {
    while (isAtWork && waiting.length === 0) {
      arrived = Promise.withResolvers();
      await arrived.promise;
    }
  }

  function start(): void {
    isAtWork = true;
    const end = () => {
      isAtWork = false;
      arrived.resolve();
    };
    work().then(end, end);
  }

  async function goOn(): Promise<string> {
    if (!isAtWork) start();
    await until();
    const next = waiting.shift();
    next?.go();
    await until();
    return next?.what ?? "nothing";
  }
  return {
    goOn,
    async finish() {
      while (isAtWork) await goOn();
    },
    stop: () => stopping.abort(),
    kill() {
      isDead = true;
      waiting.length = 0;
      db.$client.close();
    },
    isAtWork: () => isAtWork,
  };
}

/** Lets every statement, and every batch of them, wait for its turn. */
function takeTurns({ $client: client }: Database, turn: Worker["turn"]): void {
  const [execute, batch] = [client.execute.bind(client), client.batch.bind(client)];
  client.execute = async (...args: Parameters<typeof client.execute>) => {
    await turn(wordOf(args[0]));
    return await execute(...args);
  };
  client.batch = async (...args) => {
    await turn(args[0].map(wordOf).join(", "));
    return await batch(...args);
  };
}

/** What a statement does, and to which tables. */
function wordOf(statement: unknown): string {
  const text = JSON.stringify(statement);
  const [verb] = text.match(/INSERT|UPDATE|DELETE/) ?? ["SELECT"];
  const tables = text.match(/(?<=\b(FROM|JOIN|UPDATE|INTO) )[a-z_]+/g) ?? [];
  return `${verb} ${[...new Set(tables)]}`;
}
