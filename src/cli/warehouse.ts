import { InvalidArgumentError, type Command } from 'commander';
import { act, withCommonOptions } from './action.ts';
import type { CommonOptions } from './context.ts';
import { exitCode } from './exit-code.ts';
import { parseCount } from './run.ts';

/** The oldest version that a warehouse may have. */
const oldest = 15;

export function addWarehouse(program: Command): void {
  const command = program.command('warehouse').description('prepare a warehouse');
  withCommonOptions(
    command
      .command('sql')
      .description('print what an administrator runs once in the warehouse, with a reason a line')
      .option('--major <n>', "PostgreSQL's major version, from 15 on (default: 16)", parseMajor),
  ).action(async (options: CommonOptions & { major?: number }) => {
    await act(options, async (context) => {
      const { loadEnvironment } = await import('./load-deployment.ts');
      const { adminSql } = await import('../warehouse/admin-sql.ts');
      const { environment } = await loadEnvironment(options);
      const sql = adminSql({
        major: options.major ?? 16,
        database: environment.warehouse.database.resolve(),
        role: environment.warehouse.user.resolve(),
        consumers: environment.consumers,
      });
      context.output.tell({ environment: environment.name, sql });
      context.output.say(sql.trimEnd());
      return exitCode.done;
    });
  });
}

function parseMajor(text: string): number {
  const major = parseCount(text);
  if (major < oldest) throw new InvalidArgumentError(`It must be ${oldest} or later.`);
  return major;
}
