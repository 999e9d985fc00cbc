import { colours } from '../../src/cli/colours.ts';
import type { Context } from '../../src/cli/context.ts';
import { Progress } from '../../src/cli/progress.ts';
import { nightjarError } from '../../src/error/nightjar-error.ts';
import { connectSource } from '../../src/night/connect-source.ts';
import { releaseName } from '../../src/night/release-name.ts';
import { asNightjarError } from '../../src/error/as-nightjar-error.ts';
import { runNight } from '../../src/night/run-night.ts';
import type { Environment } from '../../src/pipeline/deployment.ts';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import { readDeployment } from '../../src/pipeline/read-deployment.ts';
import { Lease } from '../../src/publish/lease.ts';
import { switchTo, untilInstant } from '../../src/publish/publish.ts';
import { warehouseAddress } from '../../src/warehouse/address.ts';
import { Session } from '../../src/warehouse/session.ts';
import { readState } from './demo-folder.ts';
import type { RunningDemo } from './running-demo.ts';

/** Runs production's night with the harmed copy as its source; says how it ended. Gives what it published, if it did. */
export async function runHurtNight(
  demo: RunningDemo,
  database: string,
  context: Context,
): Promise<number | undefined> {
  const { output, signal } = context;
  const { environment, pipeline } = await production(demo);
  const connections = environment.connections.map((connection) => ({
    ...connection,
    user: { written: 'the demo', resolve: () => demo.server.user },
    password: { written: 'the demo', resolve: () => demo.server.password },
    database: { written: 'the demo', resolve: () => database },
  }));
  try {
    using progress = new Progress(output, environment.name);
    const report = await runNight({
      environment: { ...environment, connections },
      pipeline,
      release: releaseName(pipeline),
      asOf: (await readState())?.today ?? '2026-01-01',
      workers: 2,
      keepRaw: false,
      dryRun: false,
      first: false,
      connect: connectSource,
      onEvent: progress.show,
      signal,
    });
    progress.end();
    output.tell({ published: report.generation });
    output.say(`  It was published as generation ${report.generation ?? ''}: no guard speaks against it.`);
    return report.generation;
  } catch (error) {
    signal.throwIfAborted();
    const known = asNightjarError(error, 'the run');
    output.tell({ published: null, error: known.code, message: known.message, remedy: known.remedy });
    output.say(`  ${colours.red(known.code)}: ${known.message}`);
    output.say(`  ${colours.dim('→')} ${known.remedy}`);
    output.say('  Nothing was published.');
    return undefined;
  }
}

/** Where the harm was published after all, shows the way back, so that the demo stays as it was. */
export async function goBack(
  demo: RunningDemo,
  from: { readonly published: number; readonly before: number },
  { output, signal }: Context,
): Promise<void> {
  const { environment } = await production(demo);
  const address = warehouseAddress(environment.warehouse);
  await using session = await Session.open({ address, purpose: 'nightjar demo', signal });
  const began = performance.now();
  await using lease = await Lease.take(address, signal);
  const instant = await switchTo(session, {
    fence: lease.fence,
    kind: 'rollback',
    generation: from.before,
    expected: from.published,
    run: undefined,
  });
  await untilInstant(session, instant);
  output.tell({ action: 'rollback', from: from.published, to: from.before });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  output.say(`  "nightjar generations rollback ${from.before}" went back; it took ${seconds} s:`);
}

async function production(demo: RunningDemo): Promise<{ environment: Environment; pipeline: Pipeline }> {
  const { deployment, pipelines } = await readDeployment(demo.file, { variables: demo.variables });
  const environment = deployment?.environments.find((one) => one.name === 'production');
  const pipeline = environment === undefined ? undefined : pipelines.get(environment.pipeline);
  if (environment === undefined || pipeline === undefined) throw nightjarError('NJ-USE-NO-DEMO', {});
  return { environment, pipeline };
}
