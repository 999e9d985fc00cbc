import { basename } from 'node:path';
import { meanings } from '../build/explain-failure.ts';
import { nightjarError, type NightjarError } from '../error/nightjar-error.ts';
import type { Dataset } from '../pipeline/pipeline.ts';
import { sqlstateOf, warehouseFault } from '../warehouse/fault.ts';
import { qualified } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

/**
 * What a failed pass over a dataset's rows means. Where SQL of the contract may be to blame, each rule is asked alone: the
 * server does not say which of them it was.
 */
export async function explainRuleFailure(
  session: Session,
  schema: string,
  { name, contract, contractFile }: Dataset,
  failure: { readonly error: unknown; readonly during: string },
): Promise<NightjarError> {
  const fault = warehouseFault(failure.error, failure.during);
  if (fault.code !== 'NJ-WAREHOUSE-STATEMENT') return fault;
  for (const rule of contract.rules) {
    try {
      await session.raw(
        `select count(*) filter (where (${rule.sql}) is false) from ${qualified(schema, name)}`,
      );
    } catch (error) {
      const sqlstate = sqlstateOf(error);
      const meaning = sqlstate === undefined ? undefined : meanings[sqlstate];
      if (sqlstate === undefined || meaning === undefined) return warehouseFault(error, failure.during);
      const details = { dataset: name, rule: rule.name, file: basename(contractFile), sqlstate, meaning };
      return nightjarError('NJ-CONTRACT-RULE', details);
    }
  }
  return fault;
}
