import pg from 'pg';
import type { Context } from '../../src/cli/context.ts';
import { grouped } from '../../src/error/amount.ts';
import { named } from './environments.ts';
import type { RunningDemo } from './running-demo.ts';

/** Connects as the consumer and says what it reads; gives the generation. */
export async function showConsumer(demo: RunningDemo, when: string, { output }: Context): Promise<number> {
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
    const { rows } = await client.query<
      Record<'generation' | 'night' | 'person' | 'placement' | 'membership', string>
    >(
      `select generation, as_of::text as night, (select count(*) from ndw.person) as person,
              (select count(*) from ndw.placement) as placement,
              (select count(*) from ndw.programme_membership) as membership
         from ndw.generation`,
    );
    const [row] = rows;
    const [generation, person, placement, membership] = [
      row?.generation,
      row?.person,
      row?.placement,
      row?.membership,
    ].map(Number);
    const night = row?.night ?? '';
    output.tell({
      when,
      consumer: 'ndw',
      generation,
      night,
      person,
      placement,
      programme_membership: membership,
    });
    output.say(
      `  ndw reads generation ${generation ?? ''} of night ${night}: ${grouped(person ?? 0)} people, ` +
        `${grouped(placement ?? 0)} placements, ${grouped(membership ?? 0)} programme memberships.`,
    );
    return generation ?? 0;
  } finally {
    await client.end();
  }
}
