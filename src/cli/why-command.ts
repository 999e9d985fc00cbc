import { keyHistory } from '../audit/key-history.ts';
import { sourceOfKey } from '../audit/source-of-key.ts';
import { typedKey } from '../audit/typed-key.ts';
import { printKeys } from '../build/print-key.ts';
import { releaseName } from '../night/release-name.ts';
import type { CommonOptions, Context } from './context.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { findDataset } from './find-dataset.ts';
import { openWarehouse } from './open-warehouse.ts';
import { requirePublished } from './require-published.ts';
import { whySentences } from './why-sentences.ts';

/** Answers why a key is published, or is not. */
export async function whyCommand(
  name: string,
  words: readonly string[],
  options: CommonOptions,
  { output, signal }: Context,
): Promise<ExitCode> {
  await using warehouse = await openWarehouse(options, signal);
  const { session, environment, pipeline } = warehouse;
  const dataset = findDataset(pipeline, name);
  const key = await typedKey(session, dataset, words);
  const published = await requirePublished(session, environment.name);
  const { timeZone } = environment;
  const history = await keyHistory(session, { dataset: dataset.name, key, published, timeZone });
  const source = await sourceOfKey(session, dataset, key);
  output.tell({ environment: environment.name, dataset: dataset.name, key, published, ...history, source });
  const printed = printKeys([key], dataset.contract.key).join('');
  const about = { dataset: dataset.name, key: printed, published, source, release: releaseName(pipeline) };
  for (const sentence of whySentences(history, about)) output.say(sentence);
  return exitCode.done;
}
