import type { Section } from '../harden-options.ts';
import type { PostgresPlan } from './harden-plan.ts';
import { block, quotedList } from './harden-postgres.ts';
import { literal } from './quote.ts';
import {
  fileFunctions,
  largeObjectFunctions,
  queryFunctions,
  reachingExtensions,
  serverFunctions,
} from './reachable-functions.ts';

const list = (names: readonly string[]): string => names.map(literal).join(', ');

/** Functions and languages. Those of the server need a superuser; otherwise each is left unchanged, with a warning. */
export function hardenFunctions({
  schemas,
  roles,
  owner,
  revokeSetConfig,
}: PostgresPlan): readonly Section[] {
  const logins = roles.map((login) => login.name);
  const all = quotedList(logins);
  const own = list(schemas);
  return [
    {
      title: 'Existing functions of the schemas',
      why: [
        'They are revoked from PUBLIC. The roles get those that run with the rights of the caller, are in a trusted language and belong',
        'to no extension. A SECURITY DEFINER function runs as its owner, so grant it by name to the roles that need it.',
      ],
      statements: [
        ...schemas.map(
          (schema) => `revoke execute on all routines in schema ${quotedList([schema])} from public;`,
        ),
        block(`declare
  f record;
begin
  for f in select n.nspname, p.oid::regprocedure::text as signature from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
      where n.nspname in (${own}) and not p.prosecdef and l.lanpltrusted and p.prokind in ('f', 'p')
      and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  loop
    execute 'grant execute on routine ' || f.signature || ${literal(` to ${all}`)};
  end loop;
  for f in select p.oid::regprocedure::text as signature, n.nspname from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in (${own}) and p.prosecdef
      and not exists (select from unnest(p.proconfig) c where c ~ '^search_path=')
  loop
    execute 'alter routine ' || f.signature || format(' set search_path = pg_catalog, %I, pg_temp', f.nspname);
  end loop;
end`),
      ],
    },
    {
      title: 'Functions of the server and its extensions, and DO',
      why: [
        'Functions that access files or other servers, or run text as a query. DO needs USAGE on a language; existing functions do not.',
        ...(revokeSetConfig
          ? [
              'set_config is revoked: pg_dump, PostgREST and policies on a setting call it as the role, and stop working.',
            ]
          : [
              'set_config stays, because pg_dump calls it; --revoke-set-config revokes it too. No policy should depend on a setting.',
            ]),
      ],
      statements: [serverFunctionsBlock(logins, owner, revokeSetConfig)],
    },
  ];
}

function serverFunctionsBlock(logins: readonly string[], owner: string, revokeSetConfig: boolean): string {
  const functions = [
    ...[...fileFunctions, ...serverFunctions, ...queryFunctions, ...largeObjectFunctions],
    ...(revokeSetConfig ? ['set_config'] : []),
  ];
  const all = literal(` from public, ${quotedList(logins)}`);
  return block(`declare
  f record;
begin
  for f in select p.oid::regprocedure::text as signature, p.proowner as owner from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
      where (n.nspname = 'pg_catalog' and p.proname in (${list(functions)}))
      or exists (select from pg_depend d join pg_extension e on e.oid = d.refobjid
        where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.refclassid = 'pg_extension'::regclass
        and d.deptype = 'e' and e.extname in (${list(reachingExtensions)}))
  loop
    if pg_has_role(f.owner, 'USAGE') then
      execute 'revoke execute on routine ' || f.signature || ${all};
    else
      raise warning 'left unchanged, because only its owner may revoke it: %', f.signature;
    end if;
  end loop;
  for f in select l.lanname, l.lanowner from pg_language l where l.lanispl and l.lanpltrusted loop
    if pg_has_role(f.lanowner, 'USAGE') then
      execute format('revoke usage on language %I', f.lanname) || ${all};
      execute format('grant usage on language %I to %I', f.lanname, ${literal(owner)});
    else
      raise warning 'left unchanged, because only its owner may revoke it: language %', f.lanname;
    end if;
  end loop;
end`);
}
