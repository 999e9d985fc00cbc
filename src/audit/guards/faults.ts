import { generationSchemaName } from '../../build/candidate.ts';
import { printKeys } from '../../build/print-key.ts';
import { identifierList, qualified, quoteIdentifier } from '../../warehouse/identifier.ts';
import type { Judgement } from '../judgement.ts';
import { asInBuild } from '../rows-shown.ts';
import { scopeOf, type GuardContext } from './guard-context.ts';
import { judgeRates } from './rates.ts';

/** How many keys a judgement names. */
const named = 5;

/** Faults that are watched and that more rows have than in what is published. */
export async function judgeFaults(context: GuardContext): Promise<readonly Judgement[]> {
  const { session, dataset, pair } = context;
  const { name, contract } = dataset;
  const watched = new Map(contract.faults.flatMap((one) => (one.watched ? [[one.name, one] as const] : [])));
  const judgements = judgeRates(context, 'faults', [...watched.keys()], {
    words: (fault) =>
      `${name} has the fault "${(watched.get(fault)?.description ?? fault).replace(/\.$/, '')}"`,
    // The condition may look into raw tables and datasets.
    sql: (fault) => asInBuild(scopeOf(context), selectRows(fault)),
  });
  const told: Judgement[] = [];
  for (const judgement of judgements) {
    const fault = watched.get(judgement.subject ?? '');
    if (judgement.verdict !== 'failed' || fault === undefined) {
      told.push(judgement);
      continue;
    }
    const sample = await session.query<Record<string, unknown>>(
      `the search for rows of dataset ${name} with a fault`,
      `${selectRows(fault.name)} order by ${identifierList(contract.key)} limit ${named}`,
    );
    told.push({ ...judgement, sample: printKeys(sample, contract.key) });
  }
  return told;

  function selectRows(fault: string): string {
    const table = qualified(generationSchemaName(pair.candidate), name);
    return `select ${identifierList(contract.key)} from ${table} as ${quoteIdentifier(name)} where (${watched.get(fault)?.sql ?? 'false'})`;
  }
}
