import { NightjarError } from '../error/nightjar-error.ts';
import type { ServerAddress, Setting } from './deployment.ts';

/** Every setting of a server that has no value, or no port where one belongs; not only the one that connecting would meet first. */
export function missingSettings(
  address: ServerAddress & { readonly database: Setting | undefined },
): readonly NightjarError[] {
  const { host, port, user, password, database, tls } = address;
  const settings = [host, port, user, password, database, tls.mode === 'verify' ? tls.ca : undefined];
  return settings.flatMap((setting) => {
    try {
      setting?.resolve();
      return [];
    } catch (error) {
      if (error instanceof NightjarError) return [error];
      throw error;
    }
  });
}
