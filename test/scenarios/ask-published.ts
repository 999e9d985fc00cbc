import type { SampleNight } from '../tis/sample-night.ts';

/** Rows as a consumer reads them, or as the warehouse's own role sees them. */
export async function askPublished(
  night: SampleNight,
  sql: string,
  as: 'ndw' | 'owner' = 'ndw',
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  if (as === 'owner') {
    return night.warehouse.asSuperuser(
      async (client) => (await client.query<Record<string, unknown>>(sql)).rows,
    );
  }
  const client = await night.connectAs('ndw');
  return (await client.query<Record<string, unknown>>(sql)).rows;
}
