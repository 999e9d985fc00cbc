import type { ConnectionDeclaration } from '../pipeline/deployment.ts';
import { encryptionOf } from '../pipeline/encryption.ts';
import { mysqlConnection } from '../source/mysql/mysql-connection.ts';
import { postgresConnection } from '../source/postgres/postgres-connection.ts';
import type { Server } from '../source/server.ts';
import type { SourceConnection } from '../source/source.ts';

/** The source connection that a deployment file declares; its address and secrets are looked up at each connecting. */
export function connectSource(declaration: ConnectionDeclaration): SourceConnection {
  const server = (): Server => serverOf(declaration);
  switch (declaration.kind) {
    case 'mysql':
      return mysqlConnection({ name: declaration.name, server });
    case 'postgres':
      return postgresConnection({
        name: declaration.name,
        server,
        database: () => declaration.database?.resolve() ?? declaration.user.resolve(),
      });
  }
}

function serverOf(declaration: ConnectionDeclaration): Server {
  const host = declaration.host.resolve();
  return {
    host,
    port: Number(declaration.port.resolve()),
    user: declaration.user.resolve(),
    password: declaration.password.resolve(),
    tls: encryptionOf(declaration, host),
  };
}
