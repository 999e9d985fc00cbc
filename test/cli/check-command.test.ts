import assert from 'node:assert/strict';
import { test } from 'node:test';
import { altered, type ShopFiles } from '../harness/marked-shop.ts';
import { commandPlace, consumersFile, warehouseFile, type CommandPlace } from '../harness/command-place.ts';
import { inMariadb, temporaryMariadbDatabase, uniqueName } from '../harness/databases.ts';
import { mariadbShop } from '../harness/mariadb-shop.ts';
import { testMariadb, testPostgres } from '../harness/servers.ts';
import { shopNights, type ShopNights } from '../harness/shop-nights.ts';

const password = 'a password of tests';
const fileLine = '✓ pipeline shop: 3 datasets from 3 source tables';

function shopPlace(
  shop: ShopNights,
  connection: object,
  schema = 'shop',
  files?: ShopFiles,
): Promise<CommandPlace> {
  const environment = {
    pipeline: 'shop',
    time_zone: 'Europe/London',
    connections: { till: connection },
    sources: { shop: { connection: 'till', schema } },
    warehouse: warehouseFile(shop.warehouse.address),
    schema: 'shop_view',
    consumers: consumersFile(shop.warehouse.consumers),
  };
  return commandPlace({ test: environment }, files);
}

function sourceFile(shop: ShopNights, user = shop.source.user): object {
  const { host, port, database } = shop.source;
  return { kind: 'postgres', host, port, user, password: '${SOURCE_PASSWORD}', database };
}

function secrets(shop: ShopNights, source = shop.source.password): NodeJS.ProcessEnv {
  return { SOURCE_PASSWORD: source, WAREHOUSE_PASSWORD: shop.warehouse.address.password };
}

/** A user of the source's own, who may read nothing yet. */
async function sourceUser(shop: ShopNights): Promise<AsyncDisposable & { readonly name: string }> {
  const name = uniqueName('clerk');
  await shop.inSource(`create role ${name} login password '${password}'`);
  return {
    name,
    [Symbol.asyncDispose]: () => shop.inSource(`drop owned by ${name}; drop role ${name}`),
  };
}

/** Everything that the warehouse has of its own. */
async function inventory(shop: ShopNights): Promise<readonly unknown[]> {
  return shop.warehouse.asSuperuser(async (client) => {
    const { rows } = await client.query<Record<string, string | null>>(
      `select n.nspname, c.relname, c.relacl::text, n.nspacl::text from pg_namespace n left join pg_class c on c.relnamespace = n.oid
        where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1, 2`,
    );
    return rows;
  });
}

test('check says about how much a night needs of a source that was never analysed too', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  await using place = await shopPlace(shop, sourceFile(shop));
  const { output } = await place.run(['check'], secrets(shop));
  assert.match(output, /sources: 3 tables, about [1-9][\d,]* rows\n/);
  assert.match(output, /a night needs about [1-9][\d.]* kB in the warehouse/);
});

test('check names a table that no dataset uses once, and says no room where no table is found', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const unused = {
    ...altered(
      'sources/shop.yaml',
      '  secret:',
      '  secrets: { as: kept, key: [id], columns: { id: bigint, marker: text } }\n  secret:',
    ),
  };
  await shop.inSource('create table shop.secrets (id bigint primary key, marker text)');
  await using place = await shopPlace(shop, sourceFile(shop), 'shop', unused);
  const { output } = await place.run(['check'], secrets(shop));
  assert.match(output, /read in vain \(no dataset uses them\): all of shop_kept\n/);
  await using wrong = await shopPlace(shop, sourceFile(shop), 'shopp', unused);
  const { lines } = await wrong.run(['check'], secrets(shop));
  assert.ok(
    lines.includes('  room: how much a night needs cannot be said until every source can be looked at'),
  );
});

test('check finds no fault, says what a night needs and what the next run does, and changes nothing', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.mark('n1');
  await shop.inSource('analyze');
  const files = altered('sources/shop.yaml', 'age: bigint }', 'age: bigint, seen: date }');
  await shop.inSource('alter table shop.customer add seen date');
  await using place = await shopPlace(shop, sourceFile(shop), 'shop', files);
  const before = await inventory(shop);
  const { code, lines, complaints } = await place.run(['check'], secrets(shop));
  assert.equal(complaints, '');
  assert.equal(code, 0);
  assert.deepEqual(lines, [
    fileLine,
    '✓ test: no fault',
    '  sources: 3 tables, about 85 rows',
    '  room: a night needs about 73.7 kB in the warehouse (raw tables and one generation)',
    `  next run: makes Nightjar's own schema "nightjar", which is not there yet`,
    '  read in vain (no dataset uses them): shop_customer.seen',
  ]);
  const told = await place.run(['check', '--json'], secrets(shop));
  assert.deepEqual(
    told.lines.map((line): unknown => JSON.parse(line)),
    [
      { pipeline: 'shop', datasets: 3, tables: 3 },
      {
        environment: 'test',
        faults: 0,
        tables: 3,
        estimatedRows: 85,
        roomNeededBytes: 73728,
        unusedColumns: ['shop_customer.seen'],
        pendingSteps: [
          '0001-control.sql',
          '0002-functions.sql',
          '0003-reading.sql',
          '0004-publish.sql',
          '0005-judgements.sql',
          '0006-readers.sql',
          '0007-held-rows.sql',
          '0008-data-faults.sql',
          '0009-verifications.sql',
          '0010-broken-off.sql',
          '0011-boundaries.sql',
          '0012-empty-text.sql',
          '0013-table-seconds.sql',
          '0014-compared-since.sql',
          '0015-late-decisions.sql',
        ],
      },
    ],
  );
  assert.deepEqual(await inventory(shop), before);

  await shop.night();
  const after = await inventory(shop);
  const again = await place.run(['check'], secrets(shop));
  assert.equal(again.code, 0);
  assert.ok(!again.lines.some((line) => line.includes('next run')), again.lines.join('\n'));
  assert.deepEqual(await inventory(shop), after);
});

test('check names the step that an older control schema lacks, proves the datasets with it, and does not take it', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await shop.publish('n1');
  const asOwner = (sql: string) => shop.warehouse.asSuperuser((client) => client.query(sql));
  await asOwner('delete from nightjar.migration where number = 2');
  await asOwner(
    'drop function nightjar.as_of(), nightjar.exact(text), nightjar.fold_case(text), nightjar.fold_mysql(text), nightjar.strict_bigint(text), nightjar.strict_date(text)',
  );
  const files = altered('datasets/secret.sql', 's.marker from', 'exact(s.marker) as marker from');
  await using place = await shopPlace(shop, sourceFile(shop), 'shop', files);
  const { code, lines, complaints } = await place.run(['check'], secrets(shop));
  assert.equal(complaints, '');
  assert.equal(code, 0);
  assert.equal(
    lines.at(-1),
    `  next run: brings Nightjar's own schema "nightjar" to what this release needs: 0002-functions.sql`,
  );
  const { rows } = await asOwner("select to_regprocedure('nightjar.exact(text)') as function");
  assert.deepEqual(rows, [{ function: null }]);
});

test('check tells what is missing, retyped, narrowed and unreadable in PostgreSQL apart, all of it', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using user = await sourceUser(shop);
  const { name } = user;
  await shop.inSource(`
    alter table shop.customer rename email to e_mail;
    alter table shop.customer alter age type text using age::text;
    alter table shop.order_line alter order_no type integer;
    grant usage on schema shop to ${name};
    grant select on shop.customer to ${name};
    grant select (order_no, line_no, marker) on shop.order_line to ${name};
  `);
  await using place = await shopPlace(shop, sourceFile(shop, name));
  const { code, lines, complaints } = await place.run(['check'], secrets(shop, password));
  assert.equal(code, 1);
  assert.deepEqual(sentences(complaints), [
    'NJ-SOURCE-COLUMN-MISSING: Column shop.customer.email is declared, but the source has none of that name. The nearest is e_mail.',
    'NJ-SOURCE-COLUMN-RETYPED: Column shop.customer.age is declared bigint, but the source has text, which is to be declared text.',
    'NJ-SOURCE-COLUMN-NARROWED: Column shop.order_line.order_no is declared bigint, but the source has become narrower: integer, which is to be declared integer.',
    `NJ-SOURCE-COLUMN-UNREADABLE: Of shop.order_line, our user may not read customer_id, price. What lets it: GRANT SELECT ("customer_id", "price") ON "shop"."order_line" TO ${name};`,
    `NJ-SOURCE-TABLE-UNREADABLE: Table shop.secret is there, but our user on the connection "till" may read none of its declared columns. What lets it: GRANT SELECT ON "shop"."secret" TO ${name};`,
  ]);
  assert.equal(lines[1], '✗ test: 5 faults');

  // What it says is what mends it, and the run says the same.
  await shop.inSource('drop table shop.order_line; alter table shop.customer rename to clients');
  const told = await place.run(['check', '--json'], secrets(shop, password));
  assert.equal(told.code, 1);
  assert.deepEqual(
    told.lines.map((line): unknown => JSON.parse(line)).map((value) => codeOf(value)),
    [
      undefined,
      'NJ-SOURCE-TABLE-MISSING',
      'NJ-SOURCE-TABLE-MISSING',
      'NJ-SOURCE-TABLE-UNREADABLE',
      undefined,
    ],
  );
  await shop.renew('n1');
  await shop.inSource(`grant usage on schema shop to ${name}; grant select on all tables in schema shop to ${name};
    revoke select on shop.secret from ${name}; grant select (id) on shop.secret to ${name}`);
  const run = await place.run(['run', '--first'], secrets(shop, password));
  assert.equal(run.code, 1);
  const grant = `GRANT SELECT ("marker") ON "shop"."secret" TO ${name};`;
  assert.ok(run.complaints.includes(`Of shop.secret, our user may not read marker. What lets it: ${grant}`));
  await shop.inSource(grant);
  assert.equal((await place.run(['run', '--first'], secrets(shop, password))).code, 0);
});

test('check says of PostgreSQL that a schema is closed to our user, and how to open it', async () => {
  await using shop = await shopNights(await testPostgres(15));
  await using user = await sourceUser(shop);
  await using place = await shopPlace(shop, sourceFile(shop, user.name));
  const { complaints } = await place.run(['check'], secrets(shop, password));
  const [first = '', ...others] = sentences(complaints);
  assert.equal(others.length, 2);
  const [, grants = ''] = first.split('What lets it: ');
  assert.equal(
    grants,
    `GRANT USAGE ON SCHEMA "shop" TO ${user.name}; GRANT SELECT ON "shop"."customer" TO ${user.name};`,
  );
  await shop.inSource(grants);
  assert.equal(sentences((await place.run(['check'], secrets(shop, password))).complaints).length, 2);
});

test('check says of MariaDB what it hides from our user, and the line that grants it', async () => {
  await using shop = await shopNights(await testPostgres(18));
  await using mariadb = await temporaryMariadbDatabase(await testMariadb());
  const { database, host, port } = mariadb;
  const name = uniqueName('clerk');
  const asRoot = (sql: string) => inMariadb(mariadb, (connection) => connection.query(sql));
  await asRoot(`
    create table customer (id bigint primary key, marker text, email text, age bigint);
    create table order_line (order_no bigint, line_no integer, customer_id bigint, marker text, price decimal(10,2));
    create table secret (id bigint primary key, marker text);
    create user ${name} identified by '${password}';
    grant select (id), select (marker) on ${database}.customer to ${name};
    grant insert on ${database}.order_line to ${name};
  `);
  try {
    const connection = { kind: 'mysql', host, port, user: name, password: '${SOURCE_PASSWORD}' };
    await using place = await shopPlace(shop, connection, database);
    const check = async () => sentences((await place.run(['check'], secrets(shop, password))).complaints);
    const hidden = await check();
    assert.deepEqual(hidden, [
      `NJ-SOURCE-COLUMN-NOT-SHOWN: Of ${database}.customer, the source shows our user no column email, age: not there, or not granted. If there: GRANT SELECT (\`email\`, \`age\`) ON \`${database}\`.\`customer\` TO '${name}'@'%';`,
      `NJ-SOURCE-TABLE-UNREADABLE: Table ${database}.order_line is there, but our user on the connection "till" may read none of its declared columns. What lets it: GRANT SELECT ON \`${database}\`.\`order_line\` TO '${name}'@'%';`,
      `NJ-SOURCE-TABLE-NOT-SHOWN: Table ${database}.secret is declared, but the connection "till" shows our user none of that name: it is not there, or not granted. If it is there: GRANT SELECT ON \`${database}\`.\`secret\` TO '${name}'@'%';`,
    ]);
    // The run says the same.
    const run = await place.run(['run', '--first'], secrets(shop, password));
    assert.equal(run.code, 1);
    assert.equal(sentences(run.complaints)[0], hidden[0]);
    for (const sentence of hidden) await asRoot(sentence.slice(sentence.indexOf('GRANT')));
    assert.deepEqual(await check(), []);
    // Granted as a whole, nothing is hidden: what is not shown is not there.
    await asRoot(`
      grant select on \`${database.replaceAll('_', '\\_')}\`.* to ${name};
      drop table secret; alter table customer drop email`);
    assert.deepEqual(await check(), [
      `NJ-SOURCE-COLUMN-MISSING: Column ${database}.customer.email is declared, but the source has none of that name.`,
      `NJ-SOURCE-TABLE-MISSING: Table ${database}.secret is declared, but the connection "till" has none of that name.`,
    ]);
  } finally {
    await asRoot(`drop user ${name}`);
  }
});

test('check says once that a schema is not there, and with which table a view or a foreign table is at fault', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const complaintsOf = async (
    connection: object,
    schema: string,
    source?: string,
  ): Promise<readonly string[]> => {
    await using place = await shopPlace(shop, connection, schema);
    const { complaints } = await place.run(['check'], secrets(shop, source));
    return sentences(complaints);
  };
  assert.deepEqual(await complaintsOf(sourceFile(shop), 'shopp'), [
    'NJ-SOURCE-SCHEMA-MISSING: The connection "till" has no schema shopp that our user is shown; 3 declared tables should be there. The nearest is shop.',
  ]);
  await shop.inSource(`drop table shop.secret; create foreign data wrapper far; create server away foreign data wrapper far;
    create foreign table shop.secret (id bigint, marker text) server away`);
  assert.deepEqual(await complaintsOf(sourceFile(shop), 'shop'), [
    'NJ-SOURCE-FOREIGN: Table shop.secret is a foreign table, or reads from one: its rows lie on another server, so they cannot be read with the others as of one instant.',
  ]);

  await using maria = await mariadbShop();
  await maria.renew('n1');
  const { host, port, user, password: word, database } = maria.database;
  const root = { kind: 'mysql', host, port, user, password: '${SOURCE_PASSWORD}' };
  await maria.inSource(
    'rename table secret to behind; create view secret as select * from behind; drop table behind',
  );
  assert.deepEqual(await complaintsOf(root, database, word), [
    `NJ-SOURCE-VIEW-BROKEN: View ${database}.secret is there, but the source cannot say which columns it has: a table or column that it reads is gone, or the view's definer may not read it.`,
  ]);
  const name = uniqueName('clerk');
  await maria.inSource(`create user ${name} identified by '${password}'`);
  try {
    assert.deepEqual(await complaintsOf({ ...root, user: name }, database, password), [
      `NJ-SOURCE-SCHEMA-MISSING: The connection "till" has no schema ${database} that our user is shown; 3 declared tables should be there. If it is there: GRANT SELECT ON \`${database.replaceAll('_', '\\_')}\`.* TO '${name}'@'%';`,
    ]);
  } finally {
    await maria.inSource(`drop user ${name}`);
  }
});

test('check looks at every connection, and names every setting that has no value or one that cannot be', async () => {
  await using shop = await shopNights(await testPostgres(18));
  const nobody = { host: '127.0.0.1', port: 1, user: 'nobody', password: '${SOURCE_PASSWORD}' };
  const environment = {
    pipeline: 'shop',
    time_zone: 'Europe/London',
    connections: {
      till: { kind: 'mysql', ...nobody },
      stock: { kind: 'postgres', ...nobody, database: 'stock' },
      shelf: sourceFile(shop),
      cellar: {
        kind: 'mysql',
        host: '${CELLAR_HOST}',
        port: '${CELLAR_PORT}',
        user: '${CELLAR_USER}',
        password: '${CELLAR_PASSWORD}',
      },
    },
    sources: {
      shop: { connection: 'shelf', schema: 'shop' },
      till: { connection: 'till', schema: 'till' },
      stock: { connection: 'stock', schema: 'stock' },
      cellar: { connection: 'cellar', schema: 'cellar' },
    },
    warehouse: { host: '${WAREHOUSE_HOST}', user: 'nightjar', password: '${CELLAR_PASSWORD}', database: 'd' },
    schema: 'shop_view',
    consumers: consumersFile(shop.warehouse.consumers),
  };
  const table = 'tables: { thing: { key: [id], columns: { id: bigint } } }';
  const files = Object.fromEntries(
    ['till', 'stock', 'cellar'].map((source) => [`sources/${source}.yaml`, table]),
  );
  await shop.inSource('drop table shop.secret');
  await using place = await commandPlace({ test: environment }, files);
  const variables = { SOURCE_PASSWORD: shop.source.password, CELLAR_PORT: 'hunter2' };
  const { code, lines, complaints } = await place.run(['check'], variables);
  assert.equal(code, 1);
  const unset = (name: string): string =>
    `NJ-CONFIG-SETTING-MISSING: The setting ${name} has no value: neither ${name} nor ${name}_FILE is set.`;
  assert.deepEqual(sentences(complaints.replaceAll(/^.*nightjar\.yaml:\d+:\d+: /gm, '')), [
    'NJ-SOURCE-UNREACHABLE: The source connection "till" at 127.0.0.1:1 cannot be reached (ECONNREFUSED).',
    'NJ-SOURCE-UNREACHABLE: The source connection "stock" at 127.0.0.1:1 cannot be reached (ECONNREFUSED).',
    'NJ-SOURCE-TABLE-MISSING: Table shop.secret is declared, but the connection "shelf" has none of that name.',
    unset('CELLAR_HOST'),
    'NJ-CONFIG-VALUE: environments.test.connections.cellar.port: expected a port, a number from 1 to 65535, or ${NAME} of one, found something else in ${CELLAR_PORT}.',
    ...['CELLAR_USER', 'CELLAR_PASSWORD', 'WAREHOUSE_HOST'].map(unset),
  ]);
  assert.deepEqual(lines.slice(1), [
    '✗ test: 8 faults',
    '  sources: 6 tables',
    '  room: how much a night needs cannot be said until every source can be looked at',
  ]);
});

/** Each complaint's code and sentence, without what to do about it. */
function sentences(complaints: string): readonly string[] {
  return complaints.split('\n').filter((line) => line.startsWith('NJ-'));
}

function codeOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'error' in value ? value.error : undefined;
}
