import { z } from 'zod';
import { portPattern } from '../port.ts';
import { mapping, words } from './mapping.ts';

const setting = words(
  'The value itself, or ${NAME}: the environment variable NAME, or the content of the file that NAME_FILE names.',
);
const secret = words(
  '${NAME}: the environment variable NAME, or the content of the file that NAME_FILE names.',
);

const tls = z
  .union([
    z.enum(['off', 'verify']),
    mapping({ ca: words('A file in PEM, or ${NAME}: the PEM itself. Verified against this authority.') }),
  ])
  .describe('Left out: off on this machine, verified beyond it.');

const address = {
  host: setting,
  port: z
    .union([z.int().min(1).max(65_535), setting.meta({ pattern: portPattern })])
    .describe('3306 for MySQL, 5432 for PostgreSQL unless set.')
    .optional(),
  user: setting,
  password: secret,
  tls: tls.optional(),
};

const connection = mapping({
  kind: z.enum(['mysql', 'postgres']).describe('mysql serves MariaDB too.'),
  ...address,
  database: setting.describe('The database to connect to; PostgreSQL only.').optional(),
  lock_wait: z.int().min(1).describe('Seconds that a lock of the source may keep us waiting.').default(30),
  snapshot_limit: z.int().min(1).describe('Seconds that the whole snapshot may stay open.').default(3600),
});

const warehouse = mapping({ ...address, database: setting });

const sourcePlace = mapping({
  connection: words('One of the connections above.'),
  schema: words('The schema, in MySQL: the database, where its tables are.'),
});

const reads = z
  .union([
    z.array(z.string()).min(1),
    mapping({ all: z.literal(true), except: z.array(z.string()).default([]) }),
  ])
  .describe('A list of datasets, or all of them but some.');

const localTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of the day, in quotes, such as "03:45"')
  .describe('HH:MM in the time zone of the environment.');

const consumer = mapping({
  description: words('Who they are and what they do with it.'),
  logins: z.array(words('A login role of the warehouse.')).min(1),
  pin: z
    .enum(['session', 'transaction'])
    .describe('What reads one generation from beginning to end; transaction for a pool that shares sessions.')
    .default('session'),
  reads,
  import_window: mapping({ from: localTime, to: localTime })
    .describe('When it imports each day: a publication meanwhile reaches it at the end of the window.')
    .optional(),
  import_bound: z
    .int()
    .min(1)
    .max(10_080)
    .describe('Minutes after a publication that its import can hold back its switch.')
    .default(240),
  after_bound: z
    .enum(['switch', 'keep'])
    .describe('What becomes of an import that is still open then; keep waits for its end, however long.')
    .default('switch'),
  when_stale: z
    .enum(['read', 'refuse'])
    .describe('Whether it reads the last generation until the next is published, or is refused.')
    .default('read'),
  deadline: localTime
    .describe(
      'For when_stale: refuse. From when on the data of the day must be there; left out: from the start of a run.',
    )
    .optional(),
  reads_standby: mapping({
    lag: z.int().min(1).max(3600).describe('Seconds that the standby may lag behind the warehouse.'),
  })
    .describe('It reads a standby of the warehouse.')
    .optional(),
});

const person = mapping({
  token_digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: 'the digest that "nightjar hold token" prints' })
    .describe('The SHA-256 of a personal token, as "nightjar hold token" prints it.'),
});

const environment = mapping({
  pipeline: words("The pipeline's folder, counted from the folder of this file."),
  time_zone: words('IANA time zone in which its nights are dated: Europe/London.'),
  connections: z.record(z.string(), connection),
  sources: z.record(z.string(), sourcePlace).describe('Where each source of the pipeline lies.'),
  warehouse,
  schema: words('The schema of the views that consumers read.'),
  consumers: z.record(z.string(), consumer),
  people: z
    .record(z.string(), person)
    .describe('Who may approve or reject what the guards hold, each with a token of their own.')
    .optional(),
  keep: z
    .int()
    .min(2)
    .describe('Nights that are kept, the current one among them: each with the generation last in service.')
    .default(7),
  skew_limit: z
    .int()
    .min(0)
    .describe('Seconds that the snapshots of several connections may lie apart.')
    .default(300),
  row_limit: z.int().min(1024).describe('Bytes that one row of a source may have.').default(67_108_864),
  channel: words('Where its notices are to go. Not used yet.').optional(),
});

/** `nightjar.yaml` */
export const deploymentSchema = mapping({ environments: z.record(z.string(), environment) });

export type DeploymentFile = z.output<typeof deploymentSchema>;
export type EnvironmentFile = DeploymentFile['environments'][string];
export type AddressFile = Pick<EnvironmentFile['warehouse'], 'host' | 'port' | 'user' | 'password' | 'tls'>;
