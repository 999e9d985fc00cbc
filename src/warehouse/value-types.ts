import { TypeOverrides, types } from 'pg';

const asPrinted: readonly number[] = [
  types.builtins.DATE,
  types.builtins.TIMESTAMP,
  types.builtins.INTERVAL,
  types.builtins.BYTEA,
];

/**
 * int8 and floats as numbers where a number (and JSON) can hold them; dates, timestamps, intervals and bytes as PostgreSQL
 * writes them, never through local time.
 */
export function valueTypes(): TypeOverrides {
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, exactInteger);
  for (const float of [types.builtins.FLOAT4, types.builtins.FLOAT8])
    overrides.setTypeParser(float, finiteNumber);
  for (const type of asPrinted) overrides.setTypeParser(type, (text: string) => text);
  return overrides;
}

function exactInteger(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

/** JSON has neither NaN nor Infinity, and would make null of them. */
function finiteNumber(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}
