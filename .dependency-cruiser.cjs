const { join } = require('node:path');

/**
 * The folders of src/ in the order in which data and events flow; each knows only those before it. How an error is
 * made comes first, since everyone can fail.
 */
const folders = [
  'error',
  'pipeline',
  'source',
  'warehouse',
  'extract',
  'build',
  'audit',
  'publish',
  'ledger',
  'night',
  'release',
  'consumer',
  'incident',
  'notice',
  'console',
  'cli',
];

const againstTheFlow = folders.slice(0, -1).map((folder, index) => ({
  name: `${folder}-knows-only-what-is-before-it`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: `^src/(${folders.slice(index + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...againstTheFlow,
    {
      name: 'src-has-only-known-folders',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: `^src/(${folders.join('|')})/` },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'src-stands-alone',
      comment: 'Samples and tests are loaded by name, if at all.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(samples|test|bench|scripts|pipelines)/' },
    },
    {
      name: 'samples-stand-on-src-alone',
      severity: 'error',
      from: { path: '^samples/', pathNot: '[.]test[.]ts$' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'scripts-need-nothing-installed',
      comment: 'They run before anything is installed.',
      severity: 'error',
      from: { path: '^scripts/(with-node[.]mjs|setup/)' },
      to: { pathNot: '^scripts/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'production-needs-no-dev-dependency',
      severity: 'error',
      from: { path: '^(src|samples)/', pathNot: '[.]test[.]ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|[.]nightjar)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(__dirname, 'tsconfig.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.d.ts', '.json'],
    },
  },
};
