import { quoteIdentifier } from './identifier.ts';
import { loginSteps, warehouseSteps, type PreparationRequest, type PreparationStep } from './preparation.ts';

/**
 * What an administrator runs once, in the warehouse's database, as a superuser: a statement a line, each with its
 * reason. Running it again changes nothing. It sets no passwords.
 */
export function adminSql(request: PreparationRequest): string {
  const logins = [...new Set(request.consumers.flatMap((consumer) => consumer.logins))];
  const lines = [
    `-- For PostgreSQL ${request.major < 16 ? '15' : '16 and later'}. Run once, as a superuser, in database ${quoteIdentifier(request.database)}; then give each role its password.`,
    '',
    ...warehouseSteps(request).map(line),
    '',
    ...logins.flatMap((login) => loginSteps(login, request).map(line)),
  ];
  return `${lines.join('\n')}\n`;
}

function line({ sql, reason }: PreparationStep): string {
  return `${sql}; -- ${reason}`;
}
