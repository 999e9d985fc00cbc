import { connectSource } from '../../src/night/connect-source.ts';
import type { NightRequest } from '../../src/night/night-request.ts';

/** What happens in or to a source while it is read. `table` is named as the source names it. */
export interface Disturbance {
  /** Before a table is touched. */
  readonly before?: (table: string) => Promise<void>;
  /** When a table has been read, and its snapshot is still open. */
  readonly after?: (table: string) => Promise<void>;
}

/** Connects as a night does, to sources that are disturbed while they are read. */
export function connectDisturbed({ before, after }: Disturbance): NightRequest['connect'] {
  return (declaration) => {
    const source = connectSource(declaration);
    return {
      name: source.name,
      describe: (schema, signal) => source.describe(schema, signal),
      read: (request) =>
        source.read({
          ...request,
          open: async (table, signal) => {
            await before?.(table.declared.table);
            return request.open(table, signal);
          },
          onRead: async (table, checksums) => {
            await after?.(table.declared.table);
            await request.onRead?.(table, checksums);
          },
        }),
    };
  };
}
