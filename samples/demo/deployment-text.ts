import { demoConsumers, named, type DemoSource } from './environments.ts';

/** The environment variables that the demo's deployment file names, so that it holds no secret. */
export function variablesOf(
  sources: readonly DemoSource[],
  warehouse: { readonly port: number },
  password: string,
): Readonly<Record<string, string>> {
  return {
    DEMO_WAREHOUSE_PORT: String(warehouse.port),
    DEMO_PASSWORD: password,
    ...Object.fromEntries(
      sources.map(({ environment, target }) => [portVariable(environment.name), String(target.port)]),
    ),
  };
}

function portVariable(environment: string): string {
  return `DEMO_SOURCE_PORT_${environment.toUpperCase()}`;
}

/** The demo's nightjar.yaml. */
export function deploymentText(sources: readonly DemoSource[], pipeline: string): string {
  const lines = ['# Written by "nightjar demo"; written anew each time it starts.', 'environments:'];
  for (const source of sources) lines.push(...environmentLines(source, pipeline));
  return `${lines.join('\n')}\n`;
}

function environmentLines(
  { environment, target, schemaPrefix }: DemoSource,
  pipeline: string,
): readonly string[] {
  const { name } = environment;
  return [
    `  ${name}:`,
    `    pipeline: ${pipeline}`,
    '    time_zone: Europe/London',
    '    keep: 3',
    `    channel: "#monitoring-ndw"`,
    '    connections:',
    '      tis:',
    `        kind: ${target.kind}`,
    '        host: 127.0.0.1',
    `        port: \${${portVariable(name)}}`,
    `        user: ${named.reader(name)}`,
    '        password: ${DEMO_PASSWORD}',
    ...(target.kind === 'postgres' ? [`        database: ${target.database}`] : []),
    '    sources:',
    ...['tcs', 'reference', 'assessments'].map(
      (schema) => `      ${schema}: { connection: tis, schema: ${schemaPrefix}${schema} }`,
    ),
    '    warehouse:',
    '      host: 127.0.0.1',
    '      port: ${DEMO_WAREHOUSE_PORT}',
    `      database: ${named.warehouse(name)}`,
    `      user: ${named.role(name)}`,
    '      password: ${DEMO_PASSWORD}',
    '    schema: ndw',
    '    consumers:',
    ...demoConsumers.flatMap((consumer) => [
      `      ${consumer.name}:`,
      `        description: ${consumer.description}`,
      `        logins: [${named.login(consumer.name, name)}]`,
      `        pin: ${consumer.pin}`,
      `        reads: ${consumer.reads}`,
    ]),
  ];
}
