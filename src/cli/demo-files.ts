import { join } from 'node:path';

/** Everything that the demo keeps, in one folder: below the one we are in unless NIGHTJAR_DEMO_FOLDER names another. */
export const demoFolder = process.env['NIGHTJAR_DEMO_FOLDER'] ?? join('.nightjar', 'demo');

export const demoFiles = {
  postgres: join(demoFolder, 'postgres'),
  deployment: join(demoFolder, 'nightjar.yaml'),
  state: join(demoFolder, 'state.json'),
  /** Written while the demo is up: the other commands find it here, and from here its passwords. */
  running: join(demoFolder, 'running.json'),
};
