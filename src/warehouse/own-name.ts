import { createHash } from 'node:crypto';

/**
 * The name of something that we make beside what a pipeline names: none of its names begins with `nightjar_`, and what is
 * made of other things is called by another name. PostgreSQL's own defaults (`customer_pkey`) are cut after 63 bytes, may be
 * the same for two tables (`order` by `line_no`, `order_line` by `no`), and two sessions that choose one do not see each other.
 *
 * @param of what the thing is made of: a dataset, a shape, columns.
 */
export function ownName(what: string, of: readonly unknown[]): string {
  const digest = createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 24);
  return `nightjar_${what}_${digest}`;
}
