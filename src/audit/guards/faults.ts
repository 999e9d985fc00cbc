import { generationSchemaName } from '../../build/candidate.ts';
import { printKeys } from '../../build/print-key.ts';
import { identifierList, qualified, quoteIdentifier } from '../../warehouse/identifier.ts';
import type { Judgement } from '../judgement.ts';
import type { GuardContext } from './guard-context.ts';
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
    // What looks into raw tables could not be asked any more: they are tonight's only. Keys are named instead.
    sql: () => undefined,
  });
  const told: Judgement[] = [];
  for (const judgement of judgements) {
    const fault = watched.get(judgement.subject ?? '');
    if (judgement.verdict !== 'failed' || fault === undefined) {
      told.push(judgement);
      continue;
    }
    const key = identifierList(contract.key);
    const sample = await session.query<Record<string, unknown>>(
      `the search for rows of dataset ${name} with a fault`,
      `select ${key} from ${qualified(generationSchemaName(pair.candidate), name)} as ${quoteIdentifier(name)}
        where (${fault.sql}) order by ${key} limit ${named}`,
    );
    told.push({ ...judgement, sample: printKeys(sample, contract.key) });
  }
  return told;
}
