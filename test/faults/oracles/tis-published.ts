import type { TestWarehouse } from '../../harness/warehouse.ts';

/** What the consumers of TIS that connect now are given: the generation, and a digest of every row of every dataset. */
export async function tisPublished(
  warehouse: TestWarehouse,
): Promise<{ readonly identity: string; readonly content: string }> {
  const identities = new Set<string>();
  const contents: string[] = [];
  const seen = new Set<string>();
  for (const consumer of warehouse.consumers) {
    const client = await warehouse.connectAs(consumer.name);
    try {
      await client.query('begin');
      const { rows } = await client.query<{ identity: string }>('select identity::text from ndw.generation');
      identities.add(rows[0]?.identity ?? 'none');
      // What several consumers read is one table: it is digested once.
      for (const dataset of consumer.reads.filter((name) => !seen.has(name))) {
        seen.add(dataset);
        const digest = await client.query<{ digest: string | null }>(
          `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as digest from ndw."${dataset}" t`,
        );
        contents.push(`${dataset} ${digest.rows[0]?.digest}`);
      }
    } finally {
      await client.end();
    }
  }
  const [identity] = identities;
  if (identity === undefined || identities.size > 1)
    throw new Error('consumers that connect now read different generations');
  return { identity, content: contents.sort().join('\n') };
}
