import { grouped } from '../../../src/error/amount.ts';
import { sampleError } from '../database/sample-error.ts';
import { quoteName } from '../database/quote.ts';
import type { Table } from '../schema/table.ts';
import { everyNth, shown, tableOr, type Fault, type FaultOptions } from './fault.ts';

const contactDetails = tableOr('tcs.ContactDetails');
const placement = tableOr('tcs.Placement');
const permitToWork = tableOr('reference.PermitToWork');

/** Rows or tables that are no longer there: what a consumer takes for deletions. */
export const missingRows: readonly Fault[] = [
  {
    name: 'empty-table',
    describes:
      'empties a table (tcs.ContactDetails unless another is named), as a job that died between emptying and filling does',
    on: contactDetails,
    async apply(database, options) {
      const { table } = contactDetails(options);
      await database.run(`TRUNCATE TABLE ${database.name(table.database, table.name)}`);
      return `${shown(table)} is empty now.`;
    },
  },
  {
    name: 'half-filled-owner',
    describes:
      'takes away half of PersonOwner, as if its nightly job had been stopped half way: people lose their owner, and no office sees them among its own',
    async apply(database, options) {
      const rows = await database.run(
        `DELETE FROM ${database.name('tcs', 'PersonOwner')} WHERE ${everyNth('"id"', options.share ?? 0.5)}`,
      );
      return `${grouped(rows)} people have no row in tcs.PersonOwner any more.`;
    },
  },
  {
    name: 'lose-rows',
    describes: 'deletes a tenth of a table (tcs.Placement unless another is named) without a trace',
    on: numberedTable,
    async apply(database, options) {
      const { table, key } = numberedTable(options);
      const rows = await database.run(
        `DELETE FROM ${database.name(table.database, table.name)} WHERE ${everyNth(quoteName(key), options.share ?? 0.1)}`,
      );
      return `${grouped(rows)} rows of ${shown(table)} are gone, and nothing tells that they ever were.`;
    },
  },
  {
    name: 'drop-table',
    describes:
      'drops a table (reference.PermitToWork unless another is named), as a migration that came too early does',
    on: permitToWork,
    async apply(database, options) {
      const { table } = permitToWork(options);
      await database.run(`DROP TABLE ${database.name(table.database, table.name)}`);
      return `${shown(table)} does not exist any more.`;
    },
  },
];

function numberedTable(options: FaultOptions): { readonly table: Table; readonly key: string } {
  const { table } = placement(options);
  const key = table.primaryKey[0];
  const isNumber = table.columns.some((column) => column.name === key && column.type.startsWith('bigint'));
  if (key === undefined || !isNumber)
    throw sampleError(`${shown(table)} is not numbered, so no tenth of it can be told.`);
  return { table, key };
}
