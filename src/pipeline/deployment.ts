/**
 * A value of the deployment file that is looked up again at each connection, so that a secret can be rotated without a
 * restart: literal text, `${NAME}` (environment variable, or the file that `NAME_FILE` names).
 */
export interface Setting {
  /** As written, for messages; never the value. */
  readonly written: string;
  /** Looks the value up. Throws NJ-CONFIG-SETTING-MISSING; where it must be a port and is none, NJ-CONFIG-VALUE. */
  readonly resolve: () => string;
}

/** `default`: off on loopback, verified beyond it. */
export type Tls =
  | { readonly mode: 'default' }
  | { readonly mode: 'off' }
  | { readonly mode: 'verify'; readonly ca: Setting | undefined };

/** How to reach a database server. */
export interface ServerAddress {
  readonly host: Setting;
  readonly port: Setting;
  readonly user: Setting;
  readonly password: Setting;
  readonly tls: Tls;
}

/** A source connection: one server (MySQL) or one database (PostgreSQL), read in one snapshot. */
export interface ConnectionDeclaration extends ServerAddress {
  readonly name: string;
  readonly kind: 'mysql' | 'postgres';
  /** The database to connect to; PostgreSQL only. */
  readonly database: Setting | undefined;
  /** Seconds that a lock of the source may keep us waiting. */
  readonly lockWait: number;
  /** Seconds that the whole snapshot may stay open. */
  readonly snapshotLimit: number;
}

/** Where a source of the pipeline lies: a schema (in MySQL: a database) behind a connection. */
export interface SourcePlace {
  readonly source: string;
  readonly connection: string;
  readonly schema: string;
}

/** The warehouse of one environment. */
export interface WarehouseDeclaration extends ServerAddress {
  readonly database: Setting;
}

/**
 * - `session`: a session reads one generation from its beginning to its end;
 * - `transaction`: each transaction does; for a pool that shares sessions.
 */
export type Pin = 'session' | 'transaction';

/** When a consumer imports, and what it reads when there is nothing fresh. */
export interface ReadingRules {
  /** From when until when it imports each day, `HH:MM` by the environment's time zone; `to` may lie on the next day. */
  readonly importWindow: { readonly from: string; readonly to: string } | undefined;
  /** Minutes after a publication that an open import, or the window, can hold this consumer's switch back. */
  readonly importBound: number;
  /** What becomes of an import that is still open then: `keep` waits for its end, however long. */
  readonly afterBound: 'switch' | 'keep';
  readonly whenStale: 'read' | 'refuse';
  /** `HH:MM`: from when on yesterday's data count as stale. `undefined`: from the start of a run. */
  readonly deadline: string | undefined;
  /** Seconds that the standby which it reads may lag behind; `undefined` where it reads the warehouse itself. */
  readonly standbyLag: number | undefined;
}

/** A downstream party that reads. */
export interface ConsumerDeclaration {
  readonly name: string;
  readonly description: string;
  /** Login roles of the warehouse. */
  readonly logins: readonly string[];
  readonly pin: Pin;
  /** Datasets, resolved against the pipeline. */
  readonly reads: readonly string[];
  readonly rules: ReadingRules;
}

/** Someone who may decide about what the guards hold. */
export interface Person {
  readonly name: string;
  /** SHA-256 of the personal token, hex. */
  readonly tokenDigest: string;
}

/** One environment: its own sources, warehouse, credentials. Shares nothing with another. */
export interface Environment {
  readonly name: string;
  /** The pipeline's folder, absolute. */
  readonly pipeline: string;
  /** IANA time zone in which its nights are dated. */
  readonly timeZone: string;
  readonly connections: readonly ConnectionDeclaration[];
  readonly sources: readonly SourcePlace[];
  readonly warehouse: WarehouseDeclaration;
  /** The schema of the views that consumers read. */
  readonly schema: string;
  readonly consumers: readonly ConsumerDeclaration[];
  readonly people: readonly Person[];
  /** Nights that are kept, each with the generation that was last in service; at least 2. */
  readonly keep: number;
  /** Seconds that the snapshots of several connections may lie apart. */
  readonly skewLimit: number;
  /** Bytes that one row of a source may have. */
  readonly rowLimit: number;
  /** Where its notices are to go, a channel's name: read, and not used yet. */
  readonly channel: string | undefined;
}

/** The deployment file. */
export interface Deployment {
  readonly file: string;
  readonly environments: readonly Environment[];
}
