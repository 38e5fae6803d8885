import { shown } from '../../egress/shown.ts';
import { type HardenOptions, name, type Section } from '../harden-options.ts';
import { DbMistake } from '../mistake.ts';
import type { PostgresPlan } from './harden-plan.ts';
import { block, quotedList } from './harden-postgres.ts';
import { identifier, literal, qualified } from './quote.ts';

const kinds = ['role', 'mapping', 'token'] as const;

/**
 * A policy for one table that no setting can bypass. The tenant is the role that logged in (`role`), comes from a table of
 * roles (`mapping`), or from a token that the application signs and the database verifies (`token`).
 *
 * @throws {DbMistake}
 */
export function rowSecurity(options: HardenOptions, plan: PostgresPlan): readonly Section[] {
  if (options.rowSecurity === undefined) return [];
  const kind = kinds.find((one) => one === options.rowSecurity);
  const [schema, table, more] = (options.table ?? '').split('.');
  if (kind === undefined || !schema || !table || more !== undefined) {
    throw new DbMistake(
      'db/option',
      kind === undefined
        ? `--row-security ${shown(options.rowSecurity)} is not role, mapping or token.`
        : '--table is not SCHEMA.TABLE.',
      'A policy of the wrong kind, or on the wrong table, protects nothing.',
      'Write --row-security token --table public.orders --column tenant_id.',
    );
  }
  const on = qualified(name('--table', schema, 63), name('--table', table, 63));
  const column = identifier(name('--column', options.column, 63));
  const { expression, statements, why } = { role: byRole, mapping: byMapping, token: byToken }[kind](plan);
  return [
    {
      title: `Rows of ${on}: by ${kind}`,
      why: [
        ...why,
        'Forced, so that it also applies to the owner and its views. A migration that changes rows needs a role with BYPASSRLS.',
      ],
      statements: [
        ...statements,
        `alter table ${on} enable row level security;`,
        `alter table ${on} force row level security;`,
        `drop policy if exists bulwark_tenant on ${on};`,
        `create policy bulwark_tenant on ${on} using (${column}::text = ${expression}) with check (${column}::text = ${expression});`,
        viewsBound(on),
      ],
    },
  ];
}

/** A view reads with the rights of its owner, whom no policy may bind. Before 15 there is no other way: the audit tells. */
function viewsBound(on: string): string {
  return block(`declare
  v record;
begin
  if current_setting('server_version_num')::int >= 150000 then
    for v in with recursive above(relation) as (
        select ${literal(on)}::regclass::oid
        union select w.ev_class from above a join pg_depend d on d.refclassid = 'pg_class'::regclass
          and d.refobjid = a.relation and d.classid = 'pg_rewrite'::regclass join pg_rewrite w on w.oid = d.objid
      ) select n.nspname, c.relname from above a join pg_class c on c.oid = a.relation
        join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'v'
    loop
      execute format('alter view %I.%I set (security_invoker = true)', v.nspname, v.relname);
    end loop;
  end if;
end`);
}

interface Kind {
  readonly why: readonly string[];
  readonly statements: readonly string[];
  readonly expression: string;
}

function byRole(): Kind {
  return {
    why: ['Each tenant logs in as a role whose name is the value of the column. There is no setting.'],
    statements: [],
    expression: 'current_user::text',
  };
}

function schemaFor({ owner, roles }: PostgresPlan): string[] {
  return [
    `create schema if not exists bulwark_tenant authorization ${identifier(owner)};`,
    'revoke all on schema bulwark_tenant from public;',
    `grant usage on schema bulwark_tenant to ${quotedList(roles.map((login) => login.name))};`,
  ];
}

function byMapping(plan: PostgresPlan): Kind {
  return {
    why: [
      'Each tenant logs in as its own role, and a table that only the owner may write maps the role to its tenant:',
      "insert into bulwark_tenant.role_tenant values ('shop_a', 'a');",
      'A role without a row sees nothing.',
    ],
    statements: [
      ...schemaFor(plan),
      'create table if not exists bulwark_tenant.role_tenant (role name primary key, tenant text not null);',
      `alter table bulwark_tenant.role_tenant owner to ${identifier(plan.owner)};`,
      'revoke all on bulwark_tenant.role_tenant from public;',
      `grant select on bulwark_tenant.role_tenant to ${quotedList(plan.roles.map((login) => login.name))};`,
    ],
    expression: '(select t.tenant from bulwark_tenant.role_tenant t where t.role = session_user)',
  };
}

function byToken(plan: PostgresPlan): Kind {
  const roles = quotedList(plan.roles.map((login) => login.name));
  const owner = identifier(plan.owner);
  const owned = (what: string): string => `alter ${what} owner to ${owner};`;
  return {
    why: [
      'One role for all tenants. The application names the tenant of a request with a token: EXPIRY.MAC.TENANT, where EXPIRY is in',
      'seconds since 1970, and MAC is the HMAC-SHA256 of EXPIRY.TENANT in hexadecimal. An attacker can set a token, but lacks the',
      'key to create one: SQL injected into a request of tenant a has only the token of a. In each transaction, run:',
      "  select set_config('bulwark.tenant_token', $1, true)",
      "Set the key, 32 random bytes, as the owner, once and to change it: select bulwark_tenant.set_key(decode('...', 'hex'))",
    ],
    statements: [
      ...schemaFor(plan),
      'create table if not exists bulwark_tenant.token_key (one bool primary key default true check (one), inner_pad bytea not null, outer_pad bytea not null);',
      'revoke all on bulwark_tenant.token_key from public;',
      `revoke all on bulwark_tenant.token_key from ${roles};`,
      owned('table bulwark_tenant.token_key'),
      // RFC 2104, with what every server has: no extension.
      `create or replace function bulwark_tenant.set_key(key bytea) returns void language plpgsql
set search_path = pg_catalog, pg_temp as $key$
declare
  padded bytea := key || decode(repeat('00', greatest(0, 64 - length(key))), 'hex');
  inside bytea := padded;
  outside bytea := padded;
begin
  if length(key) < 32 or length(key) > 64 then
    raise exception 'the key must have 32 to 64 bytes';
  end if;
  for i in 0..63 loop
    inside := set_byte(inside, i, get_byte(padded, i) # 54);
    outside := set_byte(outside, i, get_byte(padded, i) # 92);
  end loop;
  insert into bulwark_tenant.token_key values (true, inside, outside)
    on conflict (one) do update set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad;
end
$key$;`,
      `create or replace function bulwark_tenant.current_tenant() returns text language plpgsql stable security definer
set search_path = pg_catalog, pg_temp as $tenant$
declare
  part text[] := regexp_match(current_setting('bulwark.tenant_token', true), '^([0-9]{1,11})\\.([0-9a-f]{64})\\.(.{1,200})$');
  mac text;
begin
  if part is null or part[1]::bigint < extract(epoch from clock_timestamp()) then
    return null;
  end if;
  select encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(part[1] || '.' || part[3], 'UTF8'))), 'hex')
    into mac from bulwark_tenant.token_key k;
  return case when mac = part[2] then part[3] end;
end
$tenant$;`,
      owned('function bulwark_tenant.set_key(bytea)'),
      owned('function bulwark_tenant.current_tenant()'),
      'revoke execute on function bulwark_tenant.set_key(bytea), bulwark_tenant.current_tenant() from public;',
      `grant execute on function bulwark_tenant.current_tenant() to ${roles};`,
    ],
    expression: '(select bulwark_tenant.current_tenant())',
  };
}
