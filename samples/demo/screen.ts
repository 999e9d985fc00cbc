import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { colours } from '../../src/cli/colours.ts';
import { grouped } from '../../src/error/amount.ts';
import { duration } from '../../src/cli/output.ts';
import type { NightjarError } from '../../src/error/nightjar-error.ts';
import type { NightReport } from '../../src/night/run-night.ts';
import { named, type DemoSource } from './environments.ts';
import type { NightsReport } from './nights.ts';
import type { ReadTally } from './polling-reader.ts';
import { passwordFile } from './running-demo.ts';

/** What a demo tells of its nights. */
export function nightsScreen(
  reports: readonly NightsReport[],
  sources: readonly DemoSource[],
): readonly string[] {
  const last = reports.at(-1);
  if (last === undefined) return [];
  const lines = ['', colours.bold(`Published for the night of ${last.day}`), ''];
  for (const { environment, target } of sources) {
    const held = last.held.get(environment.name);
    if (held !== undefined) lines.push(...heldLines(environment.name, held), '');
    const night = last.nights.get(environment.name);
    if (night === undefined) continue;
    const path =
      target.kind === 'mysql'
        ? 'MariaDB, its packets re-encoded as they come'
        : 'PostgreSQL, binary COPY passed through';
    lines.push(...nightLines(environment.name, path, night, tallyOf(reports, environment.name)), '');
  }
  return lines;
}

/** What one can do with a demo that stays up. */
export function commandsScreen(
  reports: readonly NightsReport[],
  sources: readonly DemoSource[],
  { port, folder }: { readonly port: number; readonly folder: string },
): readonly string[] {
  // The environment that is meant where a command names none.
  const usual = sources[0]?.environment.name ?? '';
  const first = reports.at(-1)?.nights.get(usual);
  const psql = (user: string): string =>
    `  PGPASSFILE=${passwordFile(folder)} psql -h 127.0.0.1 -p ${port} -U ${user} ${named.warehouse(usual)}`;
  return [
    colours.bold('Look further, in another terminal'),
    '  ./nightjar status',
    '  ./nightjar read ndw placement',
    '  ./nightjar read leave_manager lm_applicant',
    ...(first?.generation === undefined || first.base === undefined
      ? []
      : [
          `  ./nightjar generations diff ${first.base} ${first.generation}`,
          `  ./nightjar generations rollback ${first.base} --dry-run`,
        ]),
    '',
    colours.bold('And try to break it'),
    '  ./nightjar demo hurt kill',
    '  ./nightjar demo hurt empty-table',
    '  ./nightjar demo hurt drop-column',
    '  ./nightjar demo hurt',
    '',
    ...(psqlIsHere()
      ? [
          colours.bold('With psql, as a consumer; as the operator, whom a guard gives its SQL'),
          psql(named.login('ndw', usual)),
          psql(named.role(usual)),
          '',
        ]
      : []),
    `The demo stays up for these commands. ${colours.bold('Ctrl-C')} ends it.`,
  ];
}

/** Every command that is printed works on the machine as it is, and not every machine has it. */
function psqlIsHere(): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => existsSync(join(folder, 'psql')));
}

/** What is left to do after a demo that has not stayed up. */
export const endedScreen: readonly string[] = [
  colours.bold('The demo ends here, and its servers with it'),
  '  npm run demo    lives one more day, and stays up to look further and to try to break it',
];

/** What keeps an environment as it was, and what to do about it. */
function heldLines(name: string, { code, message, remedy }: NightjarError): readonly string[] {
  const words = `  ${colours.yellow(code)}: ${message}\n  ${colours.dim('→')} ${remedy}`;
  return [`${colours.bold(name)}  reads what it read before`, ...words.split('\n')];
}

/** A day's nights for programs, one object each. */
export function nightObjects({ day, nights, held, reads }: NightsReport): readonly object[] {
  const kept = [...held].map(([environment, { code, message, remedy }]) => ({
    ...{ environment, night: day, generation: null, error: code, message, remedy },
  }));
  const published = [...nights].map(([environment, report]) => {
    const { reads: read = 0, empty = 0, mixed = 0 } = reads.get(environment) ?? {};
    const { generation, datasets, seconds } = report;
    const rows = datasets.reduce((sum, dataset) => sum + dataset.rows, 0);
    return {
      environment,
      night: day,
      generation,
      datasets: datasets.length,
      rows,
      seconds,
      reads: { read, empty, mixed },
    };
  });
  return [...published, ...kept];
}

function nightLines(name: string, path: string, night: NightReport, reads: ReadTally): readonly string[] {
  const tables = night.extract.connections.flatMap((read) => read.tables);
  const counted = tables.reduce((sum, table) => sum + table.counted, 0);
  const received = tables.reduce((sum, table) => sum + table.received, 0);
  const rows = night.datasets.reduce((sum, dataset) => sum + dataset.rows, 0);
  const stages = Object.entries(night.seconds).map(([stage, seconds]) => `${stage} ${duration(seconds)}`);
  const arrived =
    counted === received
      ? colours.green(`every row the source counted arrived: ${grouped(received)}`)
      : colours.red(`${grouped(received)} of ${grouped(counted)} rows arrived`);
  const clean = reads.empty === 0 && reads.mixed === 0;
  const met = `${grouped(reads.reads)}, ${reads.empty} empty, ${reads.mixed} mixed`;
  return [
    `${colours.bold(name)}  generation ${night.generation ?? '–'}: ${night.datasets.length} datasets, ${grouped(rows)} rows`,
    `  from ${path}`,
    `  ${stages.join(', ')}`,
    `  ${arrived}`,
    `  reads by a consumer all along: ${clean ? colours.green(met) : colours.red(met)}`,
  ];
}

function tallyOf(reports: readonly NightsReport[], environment: string): ReadTally {
  const sum: ReadTally = { reads: 0, empty: 0, mixed: 0, refused: 0, generations: new Set() };
  for (const report of reports) {
    const one = report.reads.get(environment);
    if (one === undefined) continue;
    sum.reads += one.reads;
    sum.empty += one.empty;
    sum.mixed += one.mixed;
    sum.refused += one.refused;
  }
  return sum;
}
