/** Rows that hold (at least) a key's columns, each as `placement_id 17, specialty_id 3`. */
export function printKeys(
  rows: readonly Readonly<Record<string, unknown>>[],
  key: readonly string[],
): readonly string[] {
  return rows.map((row) => key.map((name) => `${name} ${printValue(row[name])}`).join(', '));
}

function printValue(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value);
}
