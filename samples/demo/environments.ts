import type { SampleTarget } from '../tis/database/target.ts';

export interface DemoEnvironment {
  readonly name: string;
  readonly region: 'england' | 'nimdta';
}

export const demoEnvironments: readonly DemoEnvironment[] = [
  { name: 'production', region: 'england' },
  { name: 'staging', region: 'england' },
  { name: 'nimdta', region: 'nimdta' },
];

/** Downstream parties, as in the example deployment, but that one pins by transaction, to be tried; each environment has its own logins. */
export const demoConsumers = [
  {
    name: 'ndw',
    description: 'The National Data Warehouse.',
    pin: 'session',
    reads: '{ all: true, except: [person_sensitive] }',
  },
  {
    name: 'ndw_restricted',
    description: 'The part of it that may see special category data.',
    pin: 'session',
    reads: '{ all: true }',
  },
  {
    name: 'colleges',
    description: 'Extracts for the Royal Colleges.',
    pin: 'session',
    reads:
      '[person, person_sensitive, qualification, programme_membership, curriculum_membership, assessment, trust, site, grade, local_office]',
  },
  {
    name: 'leave_manager',
    description: 'What NDW passes on to the study-leave system.',
    pin: 'transaction',
    reads: '[lm_applicant, lm_programme_membership, lm_placement]',
  },
] as const;

/** Names of databases and roles, one set for each environment: they share nothing. */
export const named = {
  source: (environment: string): string => `tis_${environment}`,
  reader: (environment: string): string => `tis_reader_${environment}`,
  warehouse: (environment: string): string => `warehouse_${environment}`,
  role: (environment: string): string => `nightjar_${environment}`,
  login: (consumer: string, environment: string): string => `${consumer}_${environment}`,
};

/** Where an environment's source really is in this demo. */
export interface DemoSource {
  readonly environment: DemoEnvironment;
  /** With the rights to fill it. */
  readonly target: SampleTarget;
  /** MySQL: `nimdta_`; PostgreSQL: none. */
  readonly schemaPrefix: string;
}
