/** Something that is worked out when it is first asked for, and kept. Most of what orders need is never asked for. */
export type Later<T> = () => T;

export function later<T>(work: () => T): Later<T> {
  let done: { readonly result: T } | undefined;
  return () => (done ??= { result: work() }).result;
}

export function now<T>(result: T): Later<T> {
  return () => result;
}
