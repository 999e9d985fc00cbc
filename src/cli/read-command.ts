import { colours } from './colours.ts';
import { nightjarError } from '../error/nightjar-error.ts';
import type { ConsumerDeclaration } from '../pipeline/deployment.ts';
import { nearestName } from '../pipeline/nearest-name.ts';
import { readAs } from '../publish/read-as.ts';
import { warehouseAddress } from '../warehouse/address.ts';
import { requireOwn } from '../warehouse/owner.ts';
import { Session } from '../warehouse/session.ts';
import { chooseConsumer } from './choose-consumer.ts';
import type { CommonOptions, Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { loadEnvironment } from './load-deployment.ts';
import { grouped } from '../error/amount.ts';
import { table } from './output.ts';
import { printCell } from './print-cell.ts';

export async function readCommand(
  consumerName: string,
  dataset: string | undefined,
  options: CommonOptions & { readonly limit: number },
  context: Context,
): Promise<ExitCode> {
  const { environment } = await loadEnvironment(options);
  const consumer = chooseConsumer(environment, consumerName);
  if (dataset !== undefined) checkDataset(consumer, dataset);
  const { output, signal } = context;
  await using session = await Session.open({
    address: warehouseAddress(environment.warehouse),
    purpose: 'nightjar read',
    signal,
  });
  await requireOwn(session, environment.name);
  const view = await readAs(session, {
    schema: environment.schema,
    consumer: consumer.name,
    login: consumer.logins[0] ?? '',
    dataset,
    limit: options.limit,
  });
  output.tell({ environment: environment.name, consumer: consumer.name, dataset: dataset ?? null, ...view });
  output.say(
    `${colours.bold(consumer.name)} reads generation ${colours.green(String(view.generation))} of night ${view.asOf}, published ${view.publishedAt}.`,
  );
  output.say();
  if (view.rows.length === 0) output.say('(no rows)');
  const [first] = view.rows;
  if (first !== undefined) {
    const names = Object.keys(first);
    // A wide dataset is easier to read one column a line.
    if (names.length > 8 && dataset !== undefined) {
      for (const row of view.rows.slice(0, 3)) {
        for (const name of names) output.say(`  ${colours.dim(name.padEnd(34))} ${printCell(row[name])}`);
        output.say();
      }
    } else {
      for (const line of table(
        names,
        view.rows.map((row) => names.map((name) => printCell(row[name]))),
      ))
        output.say(line);
      output.say();
    }
  }
  if (dataset !== undefined) output.say(`${grouped(view.total)} rows in ${environment.schema}.${dataset}.`);
  return exitCode.done;
}

function checkDataset(consumer: ConsumerDeclaration, dataset: string): void {
  if (consumer.reads.includes(dataset)) return;
  throw nightjarError('NJ-USE-DATASET', {
    consumer: consumer.name,
    wanted: dataset,
    nearest: nearestName(dataset, consumer.reads),
    known: consumer.reads.join(', '),
  });
}
