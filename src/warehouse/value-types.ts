import { TypeOverrides, types } from 'pg';

/** int8 as a number where it is exact; dates and timestamps as PostgreSQL writes them, never through local time. */
export function valueTypes(): TypeOverrides {
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, exactInteger);
  overrides.setTypeParser(types.builtins.DATE, (text: string) => text);
  overrides.setTypeParser(types.builtins.TIMESTAMP, (text: string) => text);
  return overrides;
}

function exactInteger(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}
