import { z } from 'zod';
import { contractSchema } from './contract-schema.ts';
import { deploymentSchema } from './deployment-schema.ts';
import { seedSchema } from './seed-schema.ts';
import { sourceSchema } from './source-schema.ts';

const schemas = {
  source: { title: 'Nightjar: a source (sources/*.yaml)', schema: sourceSchema },
  contract: { title: 'Nightjar: a contract (datasets/*.yaml)', schema: contractSchema },
  seed: { title: 'Nightjar: a seed (seeds/*.yaml)', schema: seedSchema },
  deployment: { title: 'Nightjar: a deployment (nightjar.yaml)', schema: deploymentSchema },
};

/** The JSON Schemas for editors, as text, by file name. Draft 7: what YAML editors understand. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(schemas).map(([name, { title, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
      return [`${name}.schema.json`, `${JSON.stringify({ $schema, title, ...rest }, undefined, 2)}\n`];
    }),
  );
}
