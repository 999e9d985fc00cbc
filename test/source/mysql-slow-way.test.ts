import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConnection } from 'mysql2';
import type { RowDataPacket } from 'mysql2/promise';
import { startMariadb } from '../../samples/servers/mariadb.ts';
import type { SnapshotRead } from '../../src/source/source.ts';
import type { MariadbAddress } from '../harness/address.ts';
import { inMariadb, temporaryMariadbDatabase, temporaryPostgresDatabase } from '../harness/databases.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import { declareTable } from './declare.ts';
import { mariadbSource } from './mariadb-source.ts';
import { limits, RawTables } from './raw-tables.ts';

const table = `
  set names utf8mb4, sql_mode = 'ALLOW_INVALID_DATES';
  create table t (id bigint primary key, d decimal(10,3), f float, g double, b bit(1), w bit(12), day date, at datetime(6),
    h time(3), v varchar(50), j json, x blob, p point, e enum('a', 'b'), n bigint unsigned);
  insert into t values
    (1, -1.5, 0.8, 1e300, b'1', b'101', '2024-02-29', '2024-02-29 10:00:00.5', '-100:00:00.5', 'é€😀', '{"a": [1, null]}',
      x'00ff', st_geomfromtext('POINT(1 2)', 4326), 'b', 18446744073709551615),
    (2, null, null, null, null, null, '2024-02-30', '0000-00-00', null, x'610062', null, null, null, null, null)`;

interface Packet {
  readonly buffer: Uint8Array;
  readonly offset: number;
  readonly end: number;
}
type Builder = (fields: unknown, connection: unknown) => unknown;

function isBuilder(value: unknown): value is Builder {
  return typeof value === 'function';
}

/** Has what we put there given each packet, or none, as another version of the driver might. */
function withPackets(put: Builder, change: (packet: Packet) => Packet | undefined): Builder {
  return (fields, connection) => {
    const parser: unknown = put(fields, connection);
    if (typeof parser !== 'function') throw new Error('what we put there gives no class');
    const rows: unknown = Reflect.construct(parser, []);
    const next: unknown = Reflect.get(Object(rows), 'next');
    if (typeof next !== 'function') throw new Error('what we put there takes no rows');
    return class {
      next({ buffer, offset, end }: Packet): void {
        const changed = change({ buffer, offset, end });
        if (changed !== undefined) Reflect.apply(next, rows, [changed]);
      }
    };
  };
}

/** Ways in which a coming version of the driver may differ: how it has rows parsed, given what was put there for it. */
const changes: Readonly<Record<string, (put: Builder, original: Builder) => Builder>> = {
  'no longer calls what we put there': (_put, original) => original,
  'gives its packets another shape': (put) =>
    withPackets(put, (packet) => ({ ...packet, offset: packet.offset + 1 })),
  'calls it for each other row only': (put) => {
    let rows = 0;
    return withPackets(put, (packet) => (rows++ % 2 === 0 ? packet : undefined));
  },
  'changes a byte of a row': (put) =>
    withPackets(put, ({ buffer, offset, end }) => {
      const changed = Uint8Array.from(buffer);
      // The last of the bytes in the proof's first row.
      if (end - offset > 70_000) changed[end - 1] = 0xfe;
      return { buffer: changed, offset, end };
    }),
  'hands over rows with a tinyint in another way': (put) => (fields, connection) => {
    const isTinyint = (field: unknown): boolean => Reflect.get(Object(field), 'columnType') === 1;
    const takesNone = Array.isArray(fields) && fields.some(isTinyint);
    return withPackets(put, (packet) => (takesNone ? undefined : packet))(fields, connection);
  },
};

/** What came of the tables, whichever way they were read. */
function withoutTime({ tables }: SnapshotRead): readonly unknown[] {
  return tables.map(({ seconds: _seconds, ...told }) => told);
}

/** The object that all executions of the driver's prepared statements inherit from. */
async function executionPrototype(): Promise<object> {
  const { host, port, user, password } = await testMariadb();
  const connection = createConnection({ host, port, user, password });
  const prototype: unknown = Object.getPrototypeOf(connection.execute('select 1', () => undefined));
  await new Promise((resolve) => {
    connection.end(resolve);
  });
  if (typeof prototype !== 'object' || prototype === null) throw new Error('an execution has no prototype');
  return prototype;
}

for (const [name, change] of Object.entries(changes)) {
  test(`with a driver that ${name}, all is read in the slower way, and the run says so`, async () => {
    await using mariadb = await temporaryMariadbDatabase(await testMariadb());
    await using postgres = await temporaryPostgresDatabase(await testPostgres(18));
    await using raw = await RawTables.in(postgres);
    await inMariadb(mariadb, (connection) => connection.query(table));
    const source = mariadbSource(mariadb);
    const toRead = await declareTable(source, mariadb.database, 't');
    const fast = await raw.read(source, [toRead]);
    const expected = await raw.rows('select * from raw_0 order by c0');

    const prototype = await executionPrototype();
    const descriptor = Object.getOwnPropertyDescriptor(prototype, 'buildParserFromFields');
    const original: unknown = descriptor?.value;
    if (descriptor === undefined || !isBuilder(original)) throw new Error('an execution builds no parser');
    const changed = new WeakMap<object, Builder>();
    Object.defineProperty(prototype, 'buildParserFromFields', {
      configurable: true,
      get(this: object) {
        return changed.get(this) ?? original;
      },
      set(this: object, put: Builder) {
        changed.set(this, change(put, original.bind(this)));
      },
    });
    try {
      const slow = await raw.read(source, [toRead]);
      assert.match(slow.remarks.join(), /could not be taken as bytes/);
      assert.deepEqual(await raw.rows('select * from raw_0 order by c0'), expected);
      assert.deepEqual(withoutTime(slow), withoutTime(fast));
      assert.deepEqual(fast.remarks, []);
    } finally {
      Object.defineProperty(prototype, 'buildParserFromFields', descriptor);
    }
    assert.deepEqual((await raw.read(source, [toRead])).remarks, []);
  });
}

/** A number that the server keeps: of statements prepared now, or executed so far. */
async function statusOf(server: MariadbAddress, name: string): Promise<number> {
  const [rows] = await inMariadb(server, (connection) =>
    connection.query<RowDataPacket[][]>({ sql: `show global status like '${name}'`, rowsAsArray: true }),
  );
  return Number(rows[0]?.[1]);
}

test('on a server of its own', async (t) => {
  await using server = await startMariadb();
  await using mariadb = await temporaryMariadbDatabase(server);
  await using postgres = await temporaryPostgresDatabase(await testPostgres(18));
  await using raw = await RawTables.in(postgres);
  await inMariadb(mariadb, (connection) => connection.query(`${table}; create table u as select * from t`));
  const source = mariadbSource(mariadb);
  const tables = [
    await declareTable(source, mariadb.database, 't'),
    await declareTable(source, mariadb.database, 'u'),
  ].map((one, index) => ({ ...one, declared: { ...one.declared, name: `raw_${index}` } }));
  const limitPrepared = (count: number): Promise<unknown> =>
    inMariadb(server, (connection) => connection.query(`set global max_prepared_stmt_count = ${count}`));
  const read = (opening: () => Promise<unknown>): Promise<SnapshotRead> =>
    source.read({
      ...{ tables, limits, signal: new AbortController().signal, onProgress: () => undefined },
      open: async (one) => {
        await opening();
        return raw.open(one);
      },
    });
  const rows = async (): Promise<unknown> => [
    await raw.rows('select * from raw_0 order by c0'),
    await raw.rows('select * from raw_1 order by c0'),
  ];

  const before = await statusOf(server, 'Com_stmt_execute');
  const prepared: number[] = [];
  const fast = await read(async () => prepared.push(await statusOf(server, 'Prepared_stmt_count')));
  const expected = await rows();
  await t.test('tables are read by prepared statements, which are closed at once', async () => {
    assert.deepEqual(fast.remarks, []);
    assert((await statusOf(server, 'Com_stmt_execute')) - before >= tables.length);
    assert.deepEqual(prepared, [0, 0]);
    assert.equal(await statusOf(server, 'Prepared_stmt_count'), 0);
  });

  await t.test('which a server may begin to refuse: what is left is read in the slower way', async () => {
    let opened = 0;
    const executed = await statusOf(server, 'Com_stmt_execute');
    const mixed = await read(async () => (opened++ === 1 ? limitPrepared(0) : undefined));
    assert.match(mixed.remarks.join(), /max_prepared_stmt_count/);
    assert((await statusOf(server, 'Com_stmt_execute')) > executed);
    assert.deepEqual(withoutTime(mixed), withoutTime(fast));
    assert.deepEqual(await rows(), expected);
  });

  await t.test('or refuse from the start', async () => {
    await limitPrepared(0);
    const executed = await statusOf(server, 'Com_stmt_execute');
    const slow = await read(() => Promise.resolve());
    assert.match(slow.remarks.join(), /max_prepared_stmt_count/);
    assert.equal(slow.remarks.length, 1);
    assert.equal(await statusOf(server, 'Com_stmt_execute'), executed);
    assert.deepEqual(withoutTime(slow), withoutTime(fast));
    assert.deepEqual(await rows(), expected);
  });
});
