import type { Client } from 'pg';
import { saidBy } from '../connection-mistake.ts';
import { DbMistake } from '../mistake.ts';
import type { Target } from '../target.ts';
import { type AuditResult, type Finding, findingOf, type Unread } from '../weakness.ts';
import { connectPostgres, postgresVersion } from './connect.ts';
import type { PostgresCheck, Row, Scene } from './postgres-check.ts';
import { postgresChecks } from './postgres-checks.ts';

/** Places of one weakness that are read; the rest is counted. */
const places = 50;
const checkMs = 10_000;
/** permission denied */
const denied = '42501';

/**
 * Looks at a database as the role of `target`, and at what only an administrator may see as that of `admin`. Each check
 * is one query in a read-only transaction of its own, ended after 10 seconds; nothing is changed.
 */
export async function auditPostgres(target: Target, admin: Target | undefined): Promise<AuditResult> {
  const client = await connectPostgres(target);
  try {
    const administrator = admin === undefined ? undefined : await connectPostgres(admin);
    try {
      if (admin && administrator) await sameServer(client, administrator);
      return await look(client, target, administrator);
    } finally {
      await administrator?.end().catch(() => {});
    }
  } finally {
    await client.end().catch(() => {});
  }
}

async function look(client: Client, target: Target, administrator: Client | undefined): Promise<AuditResult> {
  const version = await postgresVersion(client);
  const { scene, superuser } = await sceneOf(client, version);
  const findings: Finding[] = [];
  const unread: Unread[] = [];
  for (const check of postgresChecks) {
    if (check.since !== undefined && version < check.since) continue;
    if (superuser && !check.superuser) {
      unread.push({
        id: check.id,
        reason: 'the role is a superuser, so this check does not apply',
        expected: true,
      });
      continue;
    }
    try {
      const reader = check.as === 'admin' ? (administrator ?? client) : client;
      const rows = await read(reader, check.query);
      const total = Number(rows[0]?.['bulwark_total'] ?? 0);
      const finding = findingOf(
        check,
        rows.map((row) => check.place(row, scene)),
        total,
      );
      if (finding) findings.push(finding);
    } catch (error) {
      unread.push(unreadOf(check, administrator !== undefined, target, error));
    }
  }
  const server = `PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000} on ${target.host}:${target.port}`;
  const looked = postgresChecks.length;
  return { server, role: scene.role, database: scene.database, findings, unread, checks: looked };
}

function unreadOf(check: PostgresCheck, hasAdmin: boolean, target: Target, error: unknown): Unread {
  const code = (error as { code?: unknown }).code;
  if (check.as === 'admin' && code === denied && !hasAdmin) {
    return { id: check.id, reason: 'not readable with this role: run with --admin-url', expected: true };
  }
  return { id: check.id, reason: saidBy(target, error), expected: false };
}

/** One query, read-only, bounded, and with only the catalog in its path: a schema may hold tables named pg_class. */
async function read(client: Client, query: string): Promise<Row[]> {
  // One message of the simple protocol; all of it is text of this program.
  const parts = [
    'begin read only',
    'set local search_path = pg_catalog, pg_temp',
    `set local statement_timeout = ${checkMs}`,
    `select found.*, count(*) over () as bulwark_total from (${query}) found limit ${places}`,
    'rollback',
  ];
  try {
    const results = (await client.query(parts.join(';\n'))) as unknown as readonly { readonly rows: Row[] }[];
    return results[3]?.rows ?? [];
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function sceneOf(client: Client, version: number): Promise<{ scene: Scene; superuser: boolean }> {
  const [row] = await read(
    client,
    `select current_user as role, current_database() as database, r.rolsuper as superuser, o.rolname as owner,
      o.rolname = current_user as own, exists (select from pg_roles m where m.rolname = current_database() || '_owner') as made
    from pg_roles r, pg_database d join pg_roles o on o.oid = d.datdba
    where r.rolname = current_user and d.datname = current_database()`,
  );
  const column = (name: string): string => String(row?.[name] ?? '');
  const own = row?.['own'] === true;
  const scene: Scene = {
    version,
    role: column('role'),
    database: column('database'),
    owner: own ? `${column('database')}_owner` : column('owner'),
    ownerExists: !own || row?.['made'] === true,
  };
  return { scene, superuser: row?.['superuser'] === true };
}

/** What the administrator says is of another cluster otherwise. */
async function sameServer(client: Client, administrator: Client): Promise<void> {
  const start = 'select pg_postmaster_start_time()::text as started, current_database() as database';
  const [one, two] = await Promise.all([read(client, start), read(administrator, start)]);
  if (one[0]?.['started'] === two[0]?.['started'] && one[0]?.['database'] === two[0]?.['database']) return;
  throw new DbMistake(
    'db/server',
    '--admin-url names another server or another database.',
    'Its answers would describe the wrong server.',
    'Name the same host, port and database in both URLs, with another user.',
  );
}
