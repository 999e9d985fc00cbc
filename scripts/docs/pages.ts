import { join } from 'node:path';
import { readDeployment } from '../../src/pipeline/read-deployment.ts';
import { dataDictionaryPage } from './data-dictionary-page.ts';
import { errorsPage } from './errors-page.ts';

export interface GeneratedPage {
  /** From the folder of the project. */
  readonly file: string;
  readonly text: string;
}

const dictionaryOf = 'pipelines/tis-ndw';

/** The pages that are made from the code and the contracts. */
export async function generatedPages(root: string): Promise<readonly GeneratedPage[]> {
  const { deployment, pipelines, faults } = await readDeployment(join(root, 'nightjar.yaml'), {
    variables: {},
  });
  const [fault] = faults;
  if (fault !== undefined) throw fault;
  const folder = join(root, dictionaryOf);
  const environments = (deployment?.environments ?? []).filter(
    (environment) => environment.pipeline === folder,
  );
  const datasets = pipelines.get(folder)?.datasets ?? [];
  return [
    { file: 'docs/reference/errors.md', text: errorsPage() },
    {
      file: 'docs/reference/data-dictionary.md',
      text: dataDictionaryPage({ folder: dictionaryOf, datasets, environments }),
    },
  ];
}
