/** The first minor release of each major in which statistics do not tell past row-level security (CVE-2025-8713). */
const patchedSince: ReadonlyMap<number, number> = new Map([
  [15, 14],
  [16, 10],
  [17, 6],
]);

/**
 * The minor release that a server lacks to keep generations apart as it should; `undefined` where it lacks none.
 *
 * @param versionNumber PostgreSQL's `server_version_num`: 150013 is 15.13.
 */
export function missingPatch(
  versionNumber: number,
): { readonly found: string; readonly needed: string } | undefined {
  const [major, minor] = [Math.floor(versionNumber / 10_000), versionNumber % 10_000];
  const since = patchedSince.get(major);
  if (since === undefined || minor >= since) return undefined;
  return { found: `${major}.${minor}`, needed: `${major}.${since}` };
}
