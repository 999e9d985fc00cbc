import pg from 'pg';
import type { Context } from '../../src/cli/context.ts';
import { count } from '../../src/cli/output.ts';
import { named } from './environments.ts';
import type { RunningDemo } from './running-demo.ts';

/** Connects as the consumer and says what it reads; gives the generation. */
export async function showConsumer(demo: RunningDemo, { output }: Context): Promise<number> {
  const { host, port } = demo.server;
  const client = new pg.Client({
    host,
    port,
    database: named.warehouse('production'),
    user: named.login('ndw', 'production'),
    password: demo.variables['DEMO_PASSWORD'],
  });
  await client.connect();
  try {
    const generation = await client.query<{ generation: string; as_of: string }>(
      'select generation, as_of::text from ndw.generation',
    );
    const counts = await client.query<{ person: string; placement: string; membership: string }>(
      `select (select count(*) from ndw.person) as person, (select count(*) from ndw.placement) as placement,
              (select count(*) from ndw.programme_membership) as membership`,
    );
    const [row] = generation.rows;
    const [rows] = counts.rows;
    output.say(
      `  ndw reads generation ${row?.generation ?? ''} of night ${row?.as_of ?? ''}: ${count(Number(rows?.person))} people, ` +
        `${count(Number(rows?.placement))} placements, ${count(Number(rows?.membership))} programme memberships.`,
    );
    return Number(row?.generation);
  } finally {
    await client.end();
  }
}
