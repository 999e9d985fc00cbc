/** Where a sample lives: a MySQL or MariaDB server, or one PostgreSQL database. */
export type SampleTarget = MysqlTarget | PostgresTarget;

export interface MysqlTarget {
  readonly kind: 'mysql';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Stands before the names of the databases, `production` makes `production_tcs`: several samples on one server. */
  readonly prefix?: string | undefined;
}

export interface PostgresTarget {
  readonly kind: 'postgres';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Must exist. The service databases become its schemas `tcs`, `reference` and `assessments`. */
  readonly database: string;
}
