import type { MysqlSession } from './session.ts';

/** What our user may read, as far as the server lists it: rights by way of a role of MySQL 8 are not in it. */
export interface OurGrants {
  /** As a GRANT names it: `'nightjar'@'%'`. */
  readonly user: string;
  /** What SELECT (not of single columns) was granted on: `*.*`, `` `tcs`.* ``, `` `tcs`.`Person` ``. */
  readonly scopes: readonly string[];
}

const subject = { printed: 'our own rights', raw: '' };

/** A name as SHOW GRANTS prints it, whatever it holds. */
const name = '(?:`(?:[^`]|``)*`|\\*)';
const grantLine = new RegExp(`^GRANT (.+) ON (${name}\\.${name}) TO `);

export async function ourGrants(session: MysqlSession): Promise<OurGrants> {
  const [[current] = []] = await session.query('SELECT CURRENT_USER()', subject);
  const lines = await session.query('SHOW GRANTS', subject);
  return {
    user: printUser(current ?? ''),
    scopes: lines.flatMap(([line]) => {
      const [, rights = '', scope = ''] = grantLine.exec(line ?? '') ?? [];
      return /^ALL PRIVILEGES\b|(^|, )SELECT(,|$)/.test(rights) ? [scope] : [];
    }),
  };
}

/** Whether our user may read all of a schema, or of a table, so that the server hides nothing of it. */
export function isGranted(grants: OurGrants, schema: string, table?: string): boolean {
  return grants.scopes.some((scope) => {
    if (scope === '*.*') return true;
    const [, ofSchema = '', ofTable = ''] = new RegExp(`^(${name})\\.(${name})$`).exec(scope) ?? [];
    if (ofTable === '*') return isLike(schema, unquote(ofSchema));
    return unquote(ofSchema) === schema && unquote(ofTable) === table;
  });
}

/** In a GRANT on a whole schema, its name is a pattern: `_`, `%`, and `\_` for itself. */
function isLike(schema: string, pattern: string): boolean {
  const expression = pattern.replaceAll(/\\([_%])|[_%]|[\\^$.*+?()[\]{}|/]/g, (found, literal?: string) => {
    if (literal !== undefined) return literal;
    if (found === '_') return '.';
    return found === '%' ? '.*' : `\\${found}`;
  });
  return new RegExp(`^${expression}$`, 'su').test(schema);
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replaceAll('``', '`');
}

function printUser(current: string): string {
  const at = current.lastIndexOf('@');
  const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  return `${literal(current.slice(0, at))}@${literal(current.slice(at + 1))}`;
}
