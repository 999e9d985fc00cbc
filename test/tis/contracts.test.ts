import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { personalColumns } from '../../samples/tis/schema/personal-columns.ts';
import { findTable } from '../../samples/tis/schema/tables.ts';
import { proveDatasets } from '../../src/build/prove.ts';
import type { ContractColumn } from '../../src/pipeline/contract.ts';
import { contractTypeSql } from '../../src/pipeline/contract-type.ts';
import { readDeployment } from '../../src/pipeline/read-deployment.ts';
import { migrate } from '../../src/warehouse/migrate.ts';
import { Session } from '../../src/warehouse/session.ts';
import { testPostgres } from '../harness/servers.ts';
import { destination } from './destination.ts';
import { deploymentFile, shippedProduction, tisWarehouse } from './tis-night.ts';

const production = await shippedProduction();
const { datasets, tables } = production.pipeline;

describe('the contracts of TIS → NDW', () => {
  it('there is one for each of the 34 datasets', () => {
    assert.deepEqual(datasets.map((dataset) => dataset.name).sort(), Object.keys(destination).sort());
    assert.equal(datasets.length, 34);
  });

  for (const [name, promised] of Object.entries(destination)) {
    it(`${name} has the columns that were promised, in their order, with type, presence and privacy`, () => {
      const contract = datasets.find((dataset) => dataset.name === name)?.contract;
      const written = contract?.columns.map((column) =>
        columnLine(column, contract.key.includes(column.name)),
      );
      assert.deepEqual(
        written,
        promised.split(',').map((line) => line.trim()),
      );
    });
  }

  it('every dataset and column is described and says where it comes from', () => {
    for (const { name, contract } of datasets) {
      assert.match(contract.description, /\.$/, name);
      assert.match(contract.grain, /^one row /, name);
      for (const column of contract.columns) {
        assert.match(column.description, /^[A-Z"].*\.$/s, `${name}.${column.name}`);
        assert.notEqual(column.from, '', `${name}.${column.name}`);
      }
    }
  });

  it('what a column says it comes from exists in TIS and is read', () => {
    const read = new Set(
      tables.flatMap((table) =>
        table.columns.map(({ column }) => `${table.source}.${table.table}.${column}`),
      ),
    );
    for (const { name, contract } of datasets) {
      for (const column of contract.columns) {
        for (const source of sourcesOf(column))
          assert.ok(read.has(source), `${name}.${column.name}: ${source}`);
      }
    }
  });

  it('every column that shows a personal value of TIS is marked', () => {
    const personal = new Set(
      personalColumns.flatMap(([service, table, columns]) =>
        columns.map((column) => `${service}.${table}.${column}`),
      ),
    );
    let shown = 0;
    for (const { name, contract } of datasets) {
      for (const column of contract.columns) {
        if (!sourcesOf(column).some((source) => personal.has(source))) continue;
        shown += 1;
        assert.notEqual(column.privacy, 'none', `${name}.${column.name}`);
      }
    }
    assert.ok(shown >= 30, `only ${shown} such columns were seen`);
  });

  it('in every environment only ndw_restricted and colleges may read person_sensitive', async () => {
    const { deployment } = await readDeployment(deploymentFile);
    assert.deepEqual(
      deployment?.environments.map(({ name, consumers }) => [
        name,
        consumers
          .filter((consumer) => consumer.reads.includes('person_sensitive'))
          .map((consumer) => consumer.name),
      ]),
      ['production', 'staging', 'nimdta'].map((name) => [name, ['ndw_restricted', 'colleges']]),
    );
  });

  it('leave_manager reads its three datasets and nothing else', () => {
    const consumer = production.environment.consumers.find((one) => one.name === 'leave_manager');
    assert.deepEqual(consumer?.reads, ['lm_applicant', 'lm_programme_membership', 'lm_placement']);
  });

  it('nothing is read from TIS that no dataset needs, and the server takes every SELECT', async () => {
    await using warehouse = await tisWarehouse(await testPostgres(15), production.environment);
    await using session = await Session.open({
      address: warehouse.address,
      purpose: 'test',
      signal: AbortSignal.timeout(60_000),
    });
    await migrate(session);
    const proof = await proveDatasets(session, production.pipeline);
    assert.deepEqual(
      proof.faults.map((fault) => fault.message),
      [],
    );
    assert.deepEqual(proof.unusedColumns, []);
  });

  it('every column that is read exists in the schema of TIS, and notes and comments about people are not read', () => {
    for (const { source, table, columns } of tables) {
      const service = source === 'tcs' || source === 'reference' ? source : 'assessments';
      const known = new Set(findTable(service, table).columns.map((column) => column.name));
      for (const { column } of columns) {
        assert.ok(known.has(column), `${source}.${table}.${column}`);
        assert.doesNotMatch(column, /comments|notes|disabilityDetails|visaDetails|concernSummary/i);
      }
    }
  });
});

function columnLine(column: ContractColumn, isKey: boolean): string {
  const mark = isKey ? '*' : { required: '!', expected: '?', optional: '' }[column.presence];
  if (isKey) assert.equal(column.presence, 'required', column.name);
  const type = contractTypeSql(column.type)
    .replace('varchar(255)', 'varchar')
    .replace(/^varchar\((\d+)\)$/, 'varchar$1')
    .replace('timestamp(3)', 'timestamp')
    .replace('numeric(6,3)', 'numeric');
  return [`${column.name} ${type}${mark}`, ...(column.privacy === 'none' ? [] : [column.privacy])].join(' ');
}

/** The columns of TIS that a contract names: `tcs.Person.id`. */
function sourcesOf(column: ContractColumn): readonly string[] {
  return column.from.match(/\b(tcs|reference|assessments)\.[A-Z]\w*\.\w+/g) ?? [];
}
