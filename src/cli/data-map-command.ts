import { colours } from './colours.ts';
import { dataMap, type ConsumerMap } from './data-map-of.ts';
import type { CommonOptions, Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { chooseEnvironments, loadDeployment } from './load-deployment.ts';
import { amount } from '../error/amount.ts';

export async function dataMapCommand(options: CommonOptions, { output }: Context): Promise<ExitCode> {
  const { deployment, pipelines } = await loadDeployment(options);
  for (const [index, environment] of chooseEnvironments(deployment, options.environment).entries()) {
    const datasets = pipelines.get(environment.pipeline)?.datasets ?? [];
    if (index > 0) output.say();
    output.say(colours.bold(environment.name));
    for (const consumer of dataMap(environment.consumers, datasets)) {
      for (const dataset of consumer.datasets) {
        output.tell({
          environment: environment.name,
          consumer: consumer.name,
          logins: consumer.logins,
          ...dataset,
        });
      }
      for (const line of sentences(consumer)) output.say(`  ${line}`);
    }
  }
  return exitCode.done;
}

function sentences(consumer: ConsumerMap): readonly string[] {
  const { datasets } = consumer;
  const total = (kind: 'personal' | 'special'): number =>
    datasets.reduce((sum, dataset) => sum + dataset[kind].length, 0);
  const logins = `${consumer.logins.length === 1 ? 'login' : 'logins'} ${consumer.logins.join(', ')}`;
  const summary =
    datasets.length === 0
      ? 'neither personal nor special columns'
      : `${amount(total('personal'), 'personal column')}, ${amount(total('special'), 'special column')}`;
  return [
    `${colours.bold(consumer.name)} (${logins}): ${summary}`,
    ...datasets.flatMap((dataset) => [
      ...(dataset.personal.length === 0
        ? []
        : [`  ${dataset.dataset}, personal: ${dataset.personal.join(', ')}`]),
      ...(dataset.special.length === 0
        ? []
        : [colours.yellow(`  ${dataset.dataset}, special:  ${dataset.special.join(', ')}`)]),
    ]),
  ];
}
