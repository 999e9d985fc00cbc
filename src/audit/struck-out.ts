import type { Dataset } from '../pipeline/pipeline.ts';
import { quoteIdentifier, quoteLiteral } from '../warehouse/identifier.ts';
import type { Session } from '../warehouse/session.ts';

/**
 * SQL over a row under the dataset's name: true for one whose key was struck out, never null. `undefined` where no key of the
 * dataset was.
 */
export async function struckOutSql(session: Session, dataset: Dataset): Promise<string | undefined> {
  const { name, contract } = dataset;
  const [any] = await session.query(
    `the look-up of what was struck out of dataset ${name}`,
    'select from nightjar.erasure where dataset = $1 limit 1',
    [name],
  );
  if (any === undefined) return undefined;
  // As the key was written down: one of other columns strikes nothing out.
  const values = contract.key.map(
    (column) => `to_jsonb(${quoteIdentifier(name)}.${quoteIdentifier(column)})`,
  );
  const struck = contract.key.map((column) => `e.key -> ${quoteLiteral(column)}`);
  return (
    `((${values.join(', ')}) in (select ${struck.join(', ')} from nightjar.erasure e ` +
    `where e.dataset = ${quoteLiteral(name)})) is true`
  );
}
