/** `1 row`, `6,402 rows` */
export function amount(number: number | bigint, noun: string): string {
  return `${grouped(number)} ${noun}${Number(number) === 1 ? '' : 's'}`;
}

/** `6,402` */
export function grouped(number: number | bigint): string {
  return number.toLocaleString('en-GB');
}
