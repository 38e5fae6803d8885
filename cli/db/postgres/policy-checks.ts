import { granteeName, ownSchemas, type PostgresCheck, type Row, reaches } from './postgres-check.ts';
import { identifier } from './quote.ts';
import { grantee, object, text } from './row-text.ts';

/**
 * Policies whose expressions read a setting, themselves or through a function of the schema that checks no signature.
 * Only of tables that the role has a right to.
 */
const settingPolicies = `
  select n.nspname as schema, c.relname as name, pol.polname as policy from pg_policy pol
  join pg_class c on c.oid = pol.polrelid join pg_namespace n on n.oid = c.relnamespace
  where (concat_ws(' ', pg_get_expr(pol.polqual, pol.polrelid), pg_get_expr(pol.polwithcheck, pol.polrelid)) ~* 'current_setting'
    or exists (select from pg_depend d join pg_proc f on f.oid = d.refobjid
      where d.classid = 'pg_policy'::regclass and d.objid = pol.oid and d.refclassid = 'pg_proc'::regclass
      and f.prosrc ~* 'current_setting' and f.prosrc !~* 'hmac|sha256|sha512|verify'))
  and exists (select from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a where ${reaches})`;

const mayCallSetConfig = `has_function_privilege('pg_catalog.set_config(text,text,boolean)', 'EXECUTE')`;

function policyOf(row: Row): string {
  return `policy ${identifier(text(row, 'policy'))} on ${object(row)}`;
}

/**
 * Relations that a view reads, by way of other views too: what a view reads is read as its owner, and a view beneath with
 * security_invoker then asks for the rights of that owner.
 */
const underView = `
  from (with recursive beneath(view, relation) as (
      select w.ev_class, d.refobjid from pg_rewrite w join pg_depend d on d.classid = 'pg_rewrite'::regclass
        and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class
      union select b.view, d.refobjid from beneath b join pg_rewrite w on w.ev_class = b.relation
        join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
        and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class
    ) select * from beneath) b
  join pg_class v on v.oid = b.view join pg_namespace n on n.oid = v.relnamespace join pg_roles o on o.oid = v.relowner
  join pg_class t on t.oid = b.relation`;

/** The owner of the view is not bound by the policies of the table. */
const ownerPasses = `(o.rolsuper or o.rolbypassrls or (pg_has_role(v.relowner, t.relowner, 'USAGE') and not t.relforcerowsecurity))`;

const mayRead = `exists (select from aclexplode(coalesce(v.relacl, acldefault('r', v.relowner))) a
  where a.privilege_type = 'SELECT' and ${reaches})`;

/** Row-level security, and the views that pass by it. */
export const policyChecks: readonly PostgresCheck[] = [
  {
    id: 'setting-policy',
    severity: 'high',
    cwe: 639,
    title: 'A policy depends on a setting, and the role may call set_config',
    why: "One injected expression, such as (select set_config('app.tenant', 'b', false)) is not null, shows another tenant's rows.",
    query: `${settingPolicies} and ${mayCallSetConfig} order by 1, 2, 3`,
    place: (row) => ({
      evidence: policyOf(row),
      fix: [
        '-- better: base the policy on current_user or on a signed token, see bulwark db harden --row-security',
        'revoke execute on function pg_catalog.set_config(text, text, boolean) from public;',
      ],
    }),
  },
  {
    id: 'setting-policy-set',
    severity: 'low',
    cwe: 639,
    title: 'A policy depends on a setting that the role may SET',
    why: 'An injected expression cannot change it, but an injected second statement can: SET, or DO if the role may use it.',
    query: `${settingPolicies} and not ${mayCallSetConfig} order by 1, 2, 3`,
    place: (row) => ({
      evidence: policyOf(row),
      fix: [
        '-- rewrite the policy to use current_user or a signed token: see bulwark db harden --row-security',
      ],
    }),
  },
  {
    id: 'policies-off',
    severity: 'high',
    cwe: 284,
    title: 'A table has policies, but row-level security is off',
    why: 'The policies have no effect: whoever may read the table can read every row.',
    superuser: true,
    query: `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where not c.relrowsecurity and exists (select from pg_policy pol where pol.polrelid = c.oid) order by 1, 2`,
    place: (row) => ({
      evidence: object(row),
      fix: [`alter table ${object(row)} enable row level security;`],
    }),
  },
  {
    id: 'owner-unbound',
    severity: 'medium',
    cwe: 284,
    title: 'The role owns a table whose policies do not apply to the owner',
    why: 'Policies do not apply to the owner unless row-level security is forced.',
    query: `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relrowsecurity and not c.relforcerowsecurity and pg_has_role(c.relowner, 'USAGE') order by 1, 2`,
    place: (row) => ({
      evidence: object(row),
      fix: [`alter table ${object(row)} force row level security;`],
    }),
  },
  {
    id: 'view-past-policies',
    severity: 'high',
    cwe: 284,
    title: "A view reads a table with its owner's rights, past the table's policies",
    why: "The policies are checked for the view's owner, to whom they do not apply. The view shows the rows of every tenant.",
    query: `select distinct n.nspname as schema, v.relname as name, t.relname as base ${underView}
      where v.relkind = 'v' and t.relrowsecurity and ${ownerPasses} and ${mayRead} and ${ownSchemas}
      and not coalesce((select option_value::boolean from pg_options_to_table(v.reloptions)
        where option_name = 'security_invoker'), false) order by 1, 2, 3`,
    place: (row, { version }) => ({
      evidence: `${object(row)}, over ${identifier(text(row, 'base'))}`,
      fix:
        version >= 150_000
          ? [`alter view ${object(row)} set (security_invoker = true);`]
          : [
              `-- security_invoker needs PostgreSQL 15: give ${object(row)} to an owner whom the policies bind`,
            ],
    }),
  },
  {
    id: 'copy-past-policies',
    severity: 'high',
    cwe: 284,
    title: 'A materialized view holds rows of a table that has policies',
    why: "It was filled with its owner's rights, and cannot have policies itself.",
    query: `select distinct n.nspname as schema, v.relname as name, ${granteeName} as grantee, t.relname as base
      ${underView}, aclexplode(v.relacl) a
      where v.relkind = 'm' and t.relrowsecurity and ${ownerPasses} and a.privilege_type = 'SELECT' and a.grantee <> v.relowner
      and ${reaches} and ${ownSchemas}`,
    place: (row) => ({
      evidence: `${object(row)}, over ${identifier(text(row, 'base'))}`,
      fix: [`revoke select on ${object(row)} from ${grantee(row)};`],
    }),
  },
  {
    id: 'view-barrier',
    severity: 'low',
    cwe: 200,
    title: 'A view that filters rows has no security_barrier',
    why: "A reader's own condition may run before the filter, and reveal hidden rows through its errors.",
    query: `select distinct n.nspname as schema, v.relname as name ${underView}
      where v.relkind = 'v' and ${mayRead} and ${ownSchemas} and pg_get_viewdef(v.oid) ~* '\\mwhere\\M'
      and t.relkind in ('r', 'p') and not has_table_privilege(t.oid, 'SELECT')
      and not exists (select from pg_options_to_table(v.reloptions)
        where option_name in ('security_barrier', 'security_invoker') and option_value::boolean) order by 1, 2`,
    place: (row) => ({
      evidence: object(row),
      fix: [`alter view ${object(row)} set (security_barrier = true);`],
    }),
  },
];
