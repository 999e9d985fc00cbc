/** `1 row`, `6,402 rows` */
export function amount(number: number | bigint, noun: string): string {
  return `${grouped(number)} ${noun}${Number(number) === 1 ? '' : 's'}`;
}

/** `6,402`, of a whole number. Asking a locale for it takes 15 ms the first time, which every command would wait for. */
export function grouped(number: number | bigint): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}
