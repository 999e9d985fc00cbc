/**
 * A source's name in snake_case: a capital after a small letter or digit begins a new word, everything that is not a
 * letter or digit becomes `_`, and all is written small.
 */
export function snakeCase(name: string): string {
  return name
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '_');
}
