import type { Connection } from 'mysql2/promise';
import { saidBy } from '../connection-mistake.ts';
import { DbMistake } from '../mistake.ts';
import type { Target } from '../target.ts';
import { type AuditResult, type Finding, findingOf, type Place, type Unread } from '../weakness.ts';
import { connectMariadb, type MariadbRow, rowsOf } from './connect.ts';
import { column, type MariadbCheck, type MariadbScene, plainGrantee } from './mariadb-check.ts';
import { mariadbChecks } from './mariadb-checks.ts';
import { identifier, literal, printableStatement } from './quote.ts';

/** Places of one weakness that are read; the rest is counted. */
const places = 50;
const checkSeconds = 10;
/** Roles of the account that are set one after the other. */
const mostRoles = 20;
const denied: readonly unknown[] = [
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
];

/**
 * Looks at a server as the account of `target`, and at what only an administrator may see as that of `admin`. Each check
 * is one query in a read-only transaction, ended after 10 seconds.
 */
export async function auditMariadb(target: Target, admin: Target | undefined): Promise<AuditResult> {
  const connection = await connectMariadb(target);
  try {
    const administrator = admin === undefined ? undefined : await connectMariadb(admin);
    try {
      if (administrator) await sameServer(connection, administrator);
      return await look(connection, target, administrator);
    } finally {
      administrator?.destroy();
    }
  } finally {
    connection.destroy();
  }
}

async function look(
  connection: Connection,
  target: Target,
  administrator: Connection | undefined,
): Promise<AuditResult> {
  const version = column((await rowsOf(connection, 'select version() as version'))[0] ?? {}, 'version');
  const isMariadb = /mariadb/i.test(version);
  for (const one of [connection, administrator]) {
    if (one) await rowsOf(one, 'set session transaction read only');
  }
  const scene = await sceneOf(connection, target.database, isMariadb);
  const findings: Finding[] = [];
  const unread: Unread[] = [];
  for (const check of mariadbChecks) {
    if (check.mariadb && !isMariadb) {
      unread.push({ id: check.id, reason: 'this check is for MariaDB only', expected: true });
      continue;
    }
    try {
      const reader = check.as === 'admin' ? (administrator ?? connection) : connection;
      const found = await read(reader, check, scene, isMariadb);
      const finding = findingOf(check, found.slice(0, places), found.length);
      if (finding) findings.push(finding);
    } catch (error) {
      if (check.none?.includes(String((error as { code?: unknown }).code))) continue;
      const isDenied =
        check.as === 'admin' && !administrator && denied.includes((error as { code?: unknown }).code);
      const reason = isDenied
        ? 'not readable with this account: run with --admin-url'
        : saidBy(target, error);
      unread.push({ id: check.id, reason, expected: isDenied });
    }
  }
  const server = `${isMariadb ? '' : 'MySQL '}${version} on ${target.host}:${target.port}`;
  const role = plainGrantee(scene.account);
  return { server, role, database: scene.database, findings, unread, checks: mariadbChecks.length };
}

async function read(
  reader: Connection,
  check: MariadbCheck,
  scene: MariadbScene,
  isMariadb: boolean,
): Promise<Place[]> {
  const query = check.query.replaceAll(':database', () => literal(scene.database));
  const isSelect = query.startsWith('select');
  // That check reads the limit of the session, which the prefix would set.
  const bounded = isMariadb && isSelect && !query.includes('max_statement_time');
  const limited = `${bounded ? `set statement max_statement_time = ${checkSeconds} for ` : ''}${query}${isSelect ? ' limit 1000' : ''}`;
  const values = query
    .split('?')
    .slice(1)
    .map(() => scene.grantees);
  const rows = new Map<string, MariadbRow>();
  const roles = check.perRole || values.length > 0 ? direct(scene) : [];
  for (const role of [undefined, ...roles]) {
    // information_schema tells of the rights of a role only while it is set.
    if (role !== undefined) await rowsOf(reader, `set role ${identifier(role)}`);
    for (const row of await rowsOf(reader, limited, values)) rows.set(JSON.stringify(row), row);
  }
  return [...rows.values()].flatMap((row) => {
    const place = check.place(row, scene);
    return place ? [{ evidence: place.evidence, fix: place.fix.map(printableStatement) }] : [];
  });
}

function direct({ roles }: MariadbScene): readonly string[] {
  return [...new Set([...roles.values()].flat())].slice(0, mostRoles);
}

async function sceneOf(connection: Connection, database: string, isMariadb: boolean): Promise<MariadbScene> {
  const [row] = await rowsOf(
    connection,
    `select substring_index(current_user(), '@', -1) as host,
      left(current_user(), length(current_user()) - length(substring_index(current_user(), '@', -1)) - 1) as user`,
  );
  const account = { user: column(row ?? {}, 'user'), host: column(row ?? {}, 'host') };
  const granted = isMariadb
    ? await rowsOf(
        connection,
        'select grantee, role_name as role from information_schema.applicable_roles limit 1000',
      )
    : [];
  const roles = rolesOf(granted, `${account.user}@${account.host}`);
  const grantees = [plainGrantee(account), ...[...roles.keys()].map((role) => `'${role}'@''`)];
  return { account, database, grantees, roles };
}

/** By each role that the account can have, those granted to it directly that lead there. */
function rolesOf(granted: readonly MariadbRow[], account: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const under = (holder: string): string[] =>
    granted.filter((row) => column(row, 'grantee') === holder).map((row) => column(row, 'role'));
  for (const direct of under(account)) {
    const seen = new Set<string>();
    const open = [direct];
    for (let role = open.pop(); role !== undefined; role = open.pop()) {
      if (seen.has(role)) continue;
      seen.add(role);
      found.set(role, [...(found.get(role) ?? []), direct]);
      open.push(...under(role));
    }
  }
  return found;
}

/** What the administrator says is of another server otherwise. */
async function sameServer(connection: Connection, administrator: Connection): Promise<void> {
  const asked = 'select @@server_id as id, @@port as port, @@hostname as host, @@datadir as folder';
  const [one, two] = [await rowsOf(connection, asked), await rowsOf(administrator, asked)];
  if (JSON.stringify(one) === JSON.stringify(two)) return;
  throw new DbMistake(
    'db/server',
    '--admin-url names another server.',
    'Its answers would describe the wrong server.',
    'Name the same host and port in both URLs, with another user.',
  );
}
