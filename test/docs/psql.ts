/**
 * Stands for psql and createdb where a page calls them: only as much as the pages use, for machines that have neither.
 * Takes the password from PGPASSWORD.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';

const [program = '', ...args] = process.argv.slice(2);
const { values, positionals } = parseArgs({
  args,
  allowPositionals: true,
  options: {
    host: { type: 'string' },
    port: { type: 'string' },
    username: { type: 'string' },
    dbname: { type: 'string' },
    file: { type: 'string' },
    command: { type: 'string' },
    quiet: { type: 'boolean' },
  },
});
const creates = basename(program) === 'createdb';
const client = new pg.Client({
  host: values.host,
  port: Number(values.port),
  user: values.username,
  database: creates ? 'postgres' : values.dbname,
  password: process.env['PGPASSWORD'],
});
await client.connect();
try {
  if (creates) await client.query(`create database ${pg.escapeIdentifier(positionals[0] ?? '')}`);
  else await client.query(values.command ?? (await readFile(values.file ?? '', 'utf8')));
} finally {
  await client.end();
}
