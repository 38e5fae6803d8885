import { Misuse } from '../../refusal/misuse.ts';

const shape = /^[a-z_][a-z0-9_]{0,39}(?:\.[a-z_][a-z0-9_]{0,39})?$/;

/**
 * The table's name as it stands in a statement.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function quotedTable(table: string): string {
  if (typeof table !== 'string' || !shape.test(table)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'table is a name of 1 to 40 lower-case letters, digits and underscores, with a schema in front if there is one.',
    );
  }
  return table
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
}

/**
 * The statements that make the table of `pgStore`, for a migration. They may run again.
 *
 * @param table `bulwark_session` by default; also `schema.table`
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { sessionTable } from 'bulwark/session/pg';
 *
 * console.log(sessionTable()); // 'create table if not exists "bulwark_session" (...'
 * ```
 */
export function sessionTable(table = 'bulwark_session'): string {
  const name = quotedTable(table);
  const index = table.replace('.', '_');
  return `create table if not exists ${name} (
  key text primary key check (length(key) = 43),
  user_id text,
  data jsonb not null default '{}',
  version bigint not null default 0,
  token text,
  user_agent text,
  address text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  replaced_by text
);
create index if not exists "${index}_user" on ${name} (user_id) where user_id is not null;
create index if not exists "${index}_expiry" on ${name} (expires_at);
`;
}
