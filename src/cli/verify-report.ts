import { isExplained, type VerifiedDataset } from '../audit/reconciliation/verify-dataset.ts';
import { isFaithful, type VerifiedTable } from '../audit/reconciliation/verify-raw-table.ts';
import type { ListedDifference } from '../audit/reconciliation/difference-list.ts';
import { printKeys } from '../build/print-key.ts';
import { amount } from '../error/amount.ts';
import type { PublishedVerified, VerifyReport } from '../night/verify.ts';
import { colours } from './colours.ts';
import { table, type Output } from './output.ts';

/** What a verification found, for people and for programs. */
export function printVerified(
  output: Output,
  environment: string,
  { run, tables, published, seconds }: VerifyReport,
  { rawOnly, remarks }: { readonly rawOnly: boolean; readonly remarks: readonly string[] },
): void {
  output.tell({
    ...{ environment, run, tables, seconds, remarks },
    generation: published?.generation ?? null,
    datasets: published?.datasets ?? [],
    incomparable: published?.incomparable ?? [],
  });
  output.say(`${colours.bold(environment)}, raw tables against their sources in the same snapshot:`);
  printTables(output, tables);
  if (rawOnly) return;
  output.say();
  if (published === undefined) output.say('Nothing is published yet to be compared.');
  else printPublished(output, published);
}

function printTables(output: Output, tables: readonly VerifiedTable[]): void {
  const different = tables.filter((one) => !isFaithful(one));
  const rows = tables.reduce((sum, one) => sum + one.sourceRows, 0);
  const repaired = tables.reduce((sum, one) => sum + one.repaired, 0);
  if (different.length === 0)
    output.say(`  ${amount(tables.length, 'table')}, ${amount(rows, 'row')}: all the same.`);
  else {
    const lines = different.map((one) => [
      ...[
        one.name,
        one.sourceRows,
        one.rawRows,
        one.missing,
        one.extra,
        one.differs,
        one.repaired,
        one.unread,
      ],
    ]);
    const header = ['table', 'source', 'raw', 'missing', 'extra', 'differs', 'repaired', 'ranges more'];
    for (const line of table(header, lines)) output.say(`  ${line}`);
    printListed(output, different);
    const same = tables.length - different.length;
    if (same > 0) output.say(`  ${amount(same, 'table')} the same.`);
  }
  if (repaired > 0)
    output.say(
      `  ${amount(repaired, 'row')} ${repaired === 1 ? 'differs' : 'differ'} where a cell was repaired on its way, as noted.`,
    );
}

function printPublished(
  output: Output,
  { generation, asOf, readAt, datasets, incomparable }: PublishedVerified,
): void {
  output.say(
    `Generation ${colours.bold(String(generation))} of night ${asOf}, read at ${readAt.toISOString()}, against the sources now:`,
  );
  const changed = datasets.filter((one) => !isExplained(one) || one.changedSince + one.leftSince > 0);
  if (changed.length > 0) {
    const header = [
      'dataset',
      'published',
      'now',
      'changed since',
      'left since',
      'missing',
      'extra',
      'differs',
      'ranges more',
    ];
    const lines = changed.map((one) => [
      ...[one.hasStamp ? one.name : `${one.name} *`, one.publishedRows, one.sourceRows, one.changedSince],
      ...[one.leftSince, one.missing, one.extra, one.differs, one.unread],
    ]);
    for (const line of table(header, lines)) output.say(`  ${line}`);
    if (changed.some((one) => !one.hasStamp && !isExplained(one)))
      output.say(
        '  * Its contract names no stamp ("changed_at"): what changed since cannot be told from what is wrong.',
      );
    printListed(output, changed);
  }
  const same = datasets.length - changed.length;
  if (same > 0) output.say(`  ${amount(same, 'dataset')} the same.`);
  if (incomparable.length > 0)
    output.say(
      `  Not compared, since this release gives them other columns, or has them not: ${incomparable.join(', ')}.`,
    );
}

function printListed(output: Output, of: readonly (VerifiedTable | VerifiedDataset)[]): void {
  for (const { name, listed } of of) {
    for (const one of listed) output.say(`  ${name}: ${words(one)}`);
  }
}

/** `placement_id 17 differs in site_name` */
function words({ kind, key, columns }: ListedDifference<string>): string {
  const names = Object.keys(key);
  const printed = names.length === 0 ? 'a row (the table has no key)' : (printKeys([key], names)[0] ?? '');
  switch (kind) {
    case 'missing':
      return `${printed} is missing`;
    case 'extra':
      return `${printed} is extra`;
    case 'repaired':
      return `${printed} was repaired in ${columns.join(', ')}`;
    case 'differs':
      return `${printed} differs${columns.length === 0 ? ' in how often it is there' : ` in ${columns.join(', ')}`}`;
    case 'changed since':
      return `${printed} changed since${columns.length === 0 ? ': it is new' : `, in ${columns.join(', ')}`}`;
    default:
      return `${printed} left since`;
  }
}
