/** Starts the embedded PostgreSQL, says its process number, and waits to be killed. */
import { startEmbeddedPostgres } from '../../../src/warehouse/embedded/embedded-postgres.ts';

const [dataFolder] = process.argv.slice(2);
const server = await startEmbeddedPostgres(dataFolder === undefined ? {} : { dataFolder });
process.stdout.write(`${server.pid}\n`);
setInterval(() => undefined, 60_000);
