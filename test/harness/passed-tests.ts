import { relative } from 'node:path';

/**
 * The tests that ran to the end and passed, as `file › name` with the file as seen from the project's folder, out of
 * the report that the runner writes with `--test-reporter=junit`. One that was skipped, is still to do, or failed has
 * an element inside its own and is left out.
 */
export function passedTests(report: string, root: string): ReadonlySet<string> {
  const passed = new Set<string>();
  for (const [, attributes = '', closed] of report.matchAll(/<testcase((?:\s+\w+="[^"]*")*)\s*(\/?)>/g)) {
    if (closed !== '/') continue;
    const name = attributeOf(attributes, 'name');
    const file = attributeOf(attributes, 'file');
    if (name !== undefined && file !== undefined) passed.add(`${relative(root, file)} › ${name}`);
  }
  return passed;
}

function attributeOf(attributes: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1];
  // The reporter escapes a quotation mark twice.
  return value
    ?.replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&apos;', "'");
}
