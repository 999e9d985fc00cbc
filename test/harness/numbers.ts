/** SQL of a derived table of MariaDB or MySQL whose one column, `seq`, counts from 1 to a number (of six digits at most, or a million). */
export function numbersTo(most: number): string {
  const digit = Array.from({ length: 10 }, (_, value) => `select ${value} as d`).join(' union all ');
  const places = Array.from({ length: String(most - 1).length }, (_, place) => place);
  const value = places.map((place) => `d${place}.d * ${10 ** place}`).join(' + ');
  const tables = places.map((place) => `(${digit}) d${place}`).join(' cross join ');
  return `(select ${value} + 1 as seq from ${tables} where ${value} < ${most})`;
}
