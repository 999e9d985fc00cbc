/**
 * node scripts/check-structure.mjs [FOLDER]
 *
 * Checks the rules of .dependency-cruiser.cjs, and that the checker saw the files at all: with a TypeScript that it
 * does not understand it sees no module, finds no fault and is content.
 */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config';
import extractTypeScript from 'dependency-cruiser/config-utl/extract-ts-config';

const project = join(import.meta.dirname, '..');
const folder = process.argv[2] ?? project;
process.chdir(folder);

const roots = ['src', 'samples', 'test', 'bench', 'scripts'].filter((name) => existsSync(name));
const configuration = await extractConfiguration(join(project, '.dependency-cruiser.cjs'));
const { output } = await cruise(
  roots,
  { ...configuration.options, ruleSet: { forbidden: configuration.forbidden ?? [] }, validate: true },
  undefined,
  { tsConfig: extractTypeScript(join(project, 'tsconfig.json')) },
);
if (typeof output === 'string') throw new Error('the checker answered with text');

const ours = output.modules.filter((module) => roots.some((root) => module.source.startsWith(`${root}/`)));
const seen = new Set(ours.map((module) => module.source));
const unseen = globSync(roots.map((root) => `${root}/**/*.ts`)).filter(
  (file) => !file.includes('node_modules') && !seen.has(file),
);
const imports = ours.flatMap((module) => module.dependencies).filter((each) => seen.has(each.resolved));

/** @type {string[]} */
const faults = output.summary.violations.map((each) => `${each.rule.name}: ${each.from} → ${each.to}`);
faults.push(...unseen.map((file) => `the checker did not see ${file}`));
// A file that neither imports nor is imported is rare; hardly any imports means that they were not understood.
if (imports.length < seen.size / 2) {
  faults.push(`the checker saw ${imports.length} imports among ${seen.size} files, which cannot be`);
}

for (const fault of faults) console.error(fault);
console.log(
  faults.length === 0
    ? `Structure: ${seen.size} files and ${imports.length} imports seen; none against the rules.`
    : `Structure: ${faults.length} faults in ${seen.size} files and ${imports.length} imports.`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
