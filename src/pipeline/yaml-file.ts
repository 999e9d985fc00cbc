import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type Pair } from 'yaml';
import type { FilePosition } from '../error/nightjar-error.ts';
import type { FaultList } from './fault-list.ts';
import { textPositions, type TextPositions } from './text-positions.ts';
import { yamlReason } from './yaml-reason.ts';

/** Keys and list indexes, from the top of the file. */
export type YamlPath = readonly (string | number)[];

/** A YAML file as plain values, with the place of each. */
export interface YamlFile {
  readonly file: string;
  /** Strings, numbers, booleans, null, arrays and plain objects. */
  readonly value: unknown;
  /** Where a value stands; of one that is missing, where its nearest parent's key or value stands. */
  readonly valueAt: (path: YamlPath) => FilePosition;
  /** Where a value's key stands; for an entry of a list, the value. */
  readonly keyAt: (path: YamlPath) => FilePosition;
  /** Where the character at `offset` (UTF-16 units) of a text stands; the text's beginning where it is not on one line. */
  readonly insideAt: (path: YamlPath, offset: number) => FilePosition;
  /** The keys of a mapping in the order of the file, which JavaScript objects do not keep for `1`, `2`, …; none of what is not there. */
  readonly keysOf: (path: YamlPath) => readonly string[];
}

interface Place {
  readonly key: number | undefined;
  readonly start: number;
  /** Where the first character of a text on one line, written without escapes, stands. */
  readonly inside: number | undefined;
  readonly children: Map<string | number, Place>;
}

/** Parses a file that says in plain words what it means: no anchors, aliases, merges, tags or second document. */
export function parseYamlFile(file: string, text: string, faults: FaultList): YamlFile | undefined {
  const positions = textPositions(file, text);
  const root = readRoot(text, positions, faults);
  if (root === undefined) return undefined;
  const find = (path: YamlPath): Place => {
    let place = root.place;
    for (const step of path) {
      const child = place.children.get(step);
      if (child === undefined) break;
      place = child;
    }
    return place;
  };
  const findWhole = (path: YamlPath): Place | undefined =>
    path.reduce<Place | undefined>((place, step) => place?.children.get(step), root.place);
  return {
    file,
    value: root.value,
    valueAt: (path) => positions.at(find(path).start),
    keyAt: (path) => positions.at(find(path).key ?? find(path).start),
    insideAt: (path, offset) => {
      const place = find(path);
      return positions.at(place.inside === undefined ? place.start : place.inside + offset);
    },
    keysOf: (path) => [...(findWhole(path)?.children.keys() ?? [])].map(String),
  };
}

interface PlainNode {
  readonly value: unknown;
  readonly place: Place;
}

function readRoot(text: string, positions: TextPositions, faults: FaultList): PlainNode | undefined {
  try {
    const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
    const [error] = document.errors;
    if (error === undefined)
      return new PlainReader(text, positions, faults).read(document.contents, undefined, 0);
    faults.add('NJ-CONFIG-YAML', { reason: yamlReason(error) }, positions.at(error.pos[0]));
  } catch (error) {
    // Thousands of brackets inside one another use up the stack.
    if (!(error instanceof RangeError)) throw error;
    faults.add('NJ-CONFIG-YAML', { reason: 'it is nested too deeply' }, positions.at(0));
  }
  return undefined;
}

class PlainReader {
  readonly #text: string;
  readonly #positions: TextPositions;
  readonly #faults: FaultList;

  constructor(text: string, positions: TextPositions, faults: FaultList) {
    this.#text = text;
    this.#positions = positions;
    this.#faults = faults;
  }

  read(node: unknown, key: number | undefined, fallback: number): PlainNode {
    const start = isNode(node) ? (node.range?.[0] ?? fallback) : fallback;
    const place: Place = { key, start, inside: undefined, children: new Map() };
    if (isAlias(node)) {
      this.#refuse('An alias (*)', start);
      return { value: undefined, place };
    }
    if (isNode(node)) this.#refuseFeatures(node, start);
    if (isMap(node)) return { value: this.#mapping(node.items, place), place };
    if (isSeq(node)) {
      const value = node.items.map((item, index) => {
        const entry = this.read(item, undefined, start);
        place.children.set(index, entry.place);
        return entry.value;
      });
      return { value, place };
    }
    if (!isScalar(node)) return { value: null, place };
    return { value: node.value, place: { ...place, inside: this.#insideStart(node, start) } };
  }

  #mapping(pairs: readonly Pair[], place: Place): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    for (const pair of pairs) {
      const keyStart = isNode(pair.key) ? (pair.key.range?.[0] ?? place.start) : place.start;
      const key = this.#keyText(pair.key, keyStart);
      if (key === undefined) continue;
      const earlier = place.children.get(key);
      if (earlier !== undefined) {
        const firstLine = this.#positions.at(earlier.key ?? earlier.start).line;
        this.#faults.add('NJ-CONFIG-KEY-TWICE', { key, firstLine }, this.#positions.at(keyStart));
        continue;
      }
      const entry = this.read(pair.value, keyStart, keyStart);
      place.children.set(key, entry.place);
      value[key] = entry.value;
    }
    return value;
  }

  /** A key letter for letter: `1.0`, `null` and `true` may be names of a source. */
  #keyText(key: unknown, start: number): string | undefined {
    if (!isScalar(key)) {
      this.#refuse(isAlias(key) ? 'An alias (*)' : 'A list or mapping as a key', start);
      return undefined;
    }
    this.#refuseFeatures(key, start);
    const text = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
    if (text === '<<') this.#refuse('The merge key <<', start);
    else if (text === '__proto__') this.#refuse('The key __proto__', start);
    else return text;
    return undefined;
  }

  #refuseFeatures(node: Node, start: number): void {
    if ('anchor' in node && typeof node.anchor === 'string') this.#refuse('An anchor (&)', start);
    if (node.tag !== undefined) this.#refuse('A tag (!)', start);
  }

  #refuse(found: string, start: number): void {
    this.#faults.add('NJ-CONFIG-YAML-FEATURE', { found }, this.#positions.at(start));
    this.#faults.mute(this.#positions.at(start));
  }

  #insideStart(
    node: { value?: unknown; range?: readonly number[] | null | undefined },
    start: number,
  ): number | undefined {
    const written = this.#text.slice(start, node.range?.[1] ?? start);
    if (typeof node.value !== 'string') return undefined;
    if (written === node.value) return start;
    return written.slice(1, -1) === node.value ? start + 1 : undefined;
  }
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}
