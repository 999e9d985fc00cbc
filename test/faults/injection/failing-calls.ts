import pg from 'pg';

/**
 * How a call fails. `refused`: the server raises an error in its place, so that its transaction is broken; `unsent`: the
 * connection ends before it; `unanswered`: the connection ends when it is on its way.
 */
export const failures = ['refused', 'unsent', 'unanswered'] as const;
export type Failure = (typeof failures)[number];

/** Counts the calls of the nights at one place, and lets one of them fail. */
export interface CallFault extends Disposable {
  /** Calls so far, that of each connecting included. */
  readonly calls: number;
  /** What was asked by the call that failed: its first words. */
  readonly failed: string | undefined;
}

/** What tells a night's connections from others. */
export interface NightPlace {
  readonly shop: {
    readonly warehouse: { readonly address: { readonly user: string } };
    readonly source: { readonly database: string };
  };
}

interface Armed {
  readonly at: number;
  readonly how: Failure;
  calls: number;
  failed: string | undefined;
}

/** By what tells a night's own connections from those of the suite: our role, or the source's database. */
const armed = new Map<string, Armed>();

/** @param at the number of the call to fail, from 1; Infinity only counts. Only for nights in this process. */
export function failCall(place: NightPlace, at: number, how: Failure): CallFault {
  patch();
  const keys = [`user ${place.shop.warehouse.address.user}`, `database ${place.shop.source.database}`];
  const state: Armed = { at, how, calls: 0, failed: undefined };
  for (const key of keys) armed.set(key, state);
  return {
    get calls() {
      return state.calls;
    },
    get failed() {
      return state.failed;
    },
    [Symbol.dispose]: () => {
      for (const key of keys) armed.delete(key);
    },
  };
}

/** An error of a class that our code has no special answer to. */
const refusal = "do $$ begin raise exception 'injected' using errcode = 'XX000'; end $$";

let isPatched = false;

/** In the driver, since everything that we ask of a PostgreSQL goes through it; nothing in src/ knows of this. */
function patch(): void {
  if (isPatched) return;
  isPatched = true;
  replace('query', (state, client, args, call) => {
    const [text] = args;
    state.failed = typeof text === 'string' ? text.trim().slice(0, 40) : 'COPY';
    if (state.how === 'refused' && typeof text === 'string') return call([refusal]);
    if (state.how === 'unsent') socketOf(client).destroy();
    const answer = call(args);
    if (state.how !== 'unsent') setImmediate(() => socketOf(client).destroy());
    return answer;
  });
  replace('connect', (state, client, args, call) => {
    state.failed = 'connect';
    const answer = call(args);
    socketOf(client).destroy();
    return answer;
  });
}

type Call = (args: readonly unknown[]) => unknown;

function replace(
  name: 'query' | 'connect',
  fail: (state: Armed, client: pg.Client, args: readonly unknown[], call: Call) => unknown,
): void {
  const method: unknown = Reflect.get(pg.Client.prototype, name);
  if (typeof method !== 'function') throw new Error(`the driver has no ${name}`);
  const failing = new Proxy(method, {
    apply: (target, client: pg.Client, args: unknown[]): unknown => {
      const call: Call = (given) => Reflect.apply(target, client, given);
      const state = stateOf(client);
      if (state === undefined) return call(args);
      state.calls++;
      return state.calls === state.at ? fail(state, client, args, call) : call(args);
    },
  });
  Object.defineProperty(pg.Client.prototype, name, { value: failing });
}

function stateOf(client: pg.Client): Armed | undefined {
  return armed.get(`user ${client.user}`) ?? armed.get(`database ${client.database}`);
}

function socketOf(client: pg.Client): { destroy(): void } {
  return client.connection.stream;
}
