import { join } from 'node:path';
import type { FaultList } from './fault-list.ts';
import { checkName, type Named } from './name-rules.ts';
import { nearestName } from './nearest-name.ts';
import type { FolderFiles } from './read-folder.ts';
import { decodeTextFile } from './text-file.ts';

/** One text file of a pipeline. */
export interface PipelineText {
  readonly file: string;
  /** `undefined` where it is no text: reported. */
  readonly text: string | undefined;
}

/** Two files of one name. A half that is missing has been reported. */
export interface PipelinePair {
  readonly name: string;
  /** The `.sql` or the `.csv`. */
  readonly body: PipelineText | undefined;
  /** The `.yaml`. */
  readonly yaml: PipelineText | undefined;
}

/** The files of a pipeline by what they are. */
export interface PipelineFiles {
  readonly sources: readonly { readonly name: string; readonly yaml: PipelineText }[];
  readonly datasets: readonly PipelinePair[];
  readonly seeds: readonly PipelinePair[];
}

const places: readonly { folder: string; endings: readonly string[]; what: Named }[] = [
  { folder: 'sources', endings: ['.yaml'], what: 'a source' },
  { folder: 'datasets', endings: ['.sql', '.yaml'], what: 'a dataset' },
  { folder: 'seeds', endings: ['.csv', '.yaml'], what: 'a seed' },
];

/** Sorts a folder's files into sources, datasets and seeds; reports what has no place, no other half or a bad name. */
export function sortPipelineFiles(folder: string, found: FolderFiles, faults: FaultList): PipelineFiles {
  const texts = new Map<string, PipelineText>();
  for (const [path, bytes] of found.files) {
    if (path === 'README.md') continue;
    const file = join(folder, path);
    if (hasPlace(path, file, faults)) texts.set(path, { file, text: decodeTextFile(file, bytes, faults) });
  }
  const pairs = (kind: string, ending: string): PipelinePair[] =>
    namesIn(texts, kind).map((name) => {
      const bodyPath = `${kind}/${name}${ending}`;
      const yamlPath = `${kind}/${name}.yaml`;
      const body = texts.get(bodyPath);
      const yaml = texts.get(yamlPath);
      const alone = body ?? yaml;
      if (alone !== undefined && (body === undefined || yaml === undefined)) {
        const missing = join(folder, body === undefined ? bodyPath : yamlPath);
        faults.add(
          'NJ-CONFIG-FILE-ALONE',
          { file: alone.file, missing },
          { file: alone.file, line: 1, column: 1 },
        );
      }
      return { name, body, yaml };
    });
  const sources = namesIn(texts, 'sources').flatMap((name) => {
    const yaml = texts.get(`sources/${name}.yaml`);
    return yaml === undefined ? [] : [{ name, yaml }];
  });
  return { sources, datasets: pairs('datasets', '.sql'), seeds: pairs('seeds', '.csv') };
}

function hasPlace(path: string, file: string, faults: FaultList): boolean {
  const position = { file, line: 1, column: 1 };
  const folder = path.slice(0, path.indexOf('/'));
  const place = path.includes('/') ? places.find((candidate) => candidate.folder === folder) : undefined;
  if (place === undefined) {
    const known = places.map((candidate) => candidate.folder);
    const expected = `a file in ${known.map((name) => `${name}/`).join(', ')}`;
    faults.add(
      'NJ-CONFIG-FILE-UNEXPECTED',
      { file, expected, nearest: nearestName(folder, known) },
      position,
    );
    return false;
  }
  const name = path.slice(folder.length + 1);
  const ending = place.endings.find((candidate) => name.endsWith(candidate));
  if (ending === undefined || name.includes('/')) {
    const written = name.slice(name.lastIndexOf('.'));
    const expected = `<name>${place.endings.join(' or <name>')} in ${folder}/`;
    faults.add(
      'NJ-CONFIG-FILE-UNEXPECTED',
      { file, expected, nearest: nearestName(written, place.endings) },
      position,
    );
    return false;
  }
  // A pair's name is checked once, on its .yaml; a half alone is a fault by itself.
  if (ending === '.yaml') checkName(name.slice(0, -ending.length), place.what, () => position, faults);
  return true;
}

function namesIn(texts: ReadonlyMap<string, PipelineText>, folder: string): readonly string[] {
  const names = new Set<string>();
  for (const path of texts.keys()) {
    if (path.startsWith(`${folder}/`)) names.add(path.slice(folder.length + 1, path.lastIndexOf('.')));
  }
  return [...names].toSorted();
}
