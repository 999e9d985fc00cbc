import type { Session } from '../warehouse/session.ts';

/** Does something on another search path, and comes back from it. */
export async function withPath<Result>(
  session: Session,
  path: { readonly within: string; readonly after: string },
  work: () => Promise<Result>,
): Promise<Result> {
  const set = (value: string): Promise<unknown> =>
    session.query('the search path', "select set_config('search_path', $1, false)", [value]);
  await set(path.within);
  try {
    return await work();
  } finally {
    await set(path.after).catch(() => undefined);
  }
}
