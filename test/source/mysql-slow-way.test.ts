import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConnection } from 'mysql2';
import { inMariadb, temporaryMariadbDatabase, temporaryPostgresDatabase } from '../harness/databases.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import { declareTable } from './declare.ts';
import { mariadbSource } from './mariadb-source.ts';
import { RawTables } from './raw-tables.ts';

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
  readonly isEOF: () => boolean;
}
type RowHandler = (packet: Packet, connection: unknown) => unknown;

function isHandler(value: unknown): value is RowHandler {
  return typeof value === 'function';
}

/** Ways in which a coming version of the driver may differ: what it calls for a row, given what was put there. */
const changes: Readonly<Record<string, (put: RowHandler, original: RowHandler) => RowHandler>> = {
  'no longer calls what we put there': (_put, original) => original,
  'gives its packets another shape': (put) =>
    function (this: unknown, packet, connection) {
      const { buffer, offset, end } = packet;
      if (packet.isEOF()) return Reflect.apply(put, this, [packet, connection]);
      Reflect.apply(put, this, [{ buffer, offset: offset + 1, end, isEOF: () => false }, connection]);
      const next: unknown = Reflect.get(Object(this), 'row');
      return next;
    },
};

/** The object that all of the driver's queries inherit from. */
async function queryPrototype(): Promise<{ readonly prototype: object }> {
  const { host, port, user, password } = await testMariadb();
  const connection = createConnection({ host, port, user, password });
  const prototype: unknown = Object.getPrototypeOf(connection.query('select 1', () => undefined));
  await new Promise((resolve) => {
    connection.end(resolve);
  });
  if (typeof prototype !== 'object' || prototype === null) throw new Error('a query has no prototype');
  // Not itself: it has a then().
  return { prototype };
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

    const { prototype } = await queryPrototype();
    const descriptor = Object.getOwnPropertyDescriptor(prototype, 'row');
    const original: unknown = descriptor?.value;
    if (descriptor === undefined || !isHandler(original)) throw new Error('a query has no row handler');
    const changed = new WeakMap<object, RowHandler>();
    Object.defineProperty(prototype, 'row', {
      configurable: true,
      get(this: object) {
        return changed.get(this) ?? original;
      },
      set(this: object, put: RowHandler) {
        changed.set(this, change(put, original));
      },
    });
    try {
      const slow = await raw.read(source, [toRead]);
      assert.match(slow.remarks.join(), /could not be taken as bytes/);
      assert.deepEqual(await raw.rows('select * from raw_0 order by c0'), expected);
      assert.deepEqual(slow.tables, fast.tables);
      assert.deepEqual(fast.remarks, []);
    } finally {
      Object.defineProperty(prototype, 'row', descriptor);
    }
    assert.deepEqual((await raw.read(source, [toRead])).remarks, []);
  });
}
