/** A session of the warehouse that keeps something locked. */
export interface LockHolder {
  readonly pid: number;
  /** Empty where a process of the server's own works for nobody. */
  readonly role: string;
  /** As PostgreSQL names it: `client backend`, `autovacuum worker`. */
  readonly kind: string;
  /** It was told to end. */
  readonly isEnded: boolean;
}

/** `process 4711 (client backend of role "office")` */
export function lockHolderWords({ pid, role, kind, isEnded }: LockHolder): string {
  const whose = role === '' ? kind : `${kind} of role "${role}"`;
  return `process ${pid} (${whose}${isEnded ? ', told to end and not yet gone' : ''})`;
}
