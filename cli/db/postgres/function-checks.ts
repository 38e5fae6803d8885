import { argumentPairs, granteeName, ownSchemas, type PostgresCheck, reaches } from './postgres-check.ts';
import { identifier, literal } from './quote.ts';
import {
  fileFunctions,
  largeObjectFunctions,
  queryFunctions,
  reachingExtensions,
  serverFunctions,
} from './reachable-functions.ts';
import { grantee, object, routine, text } from './row-text.ts';

const names = (list: readonly string[]): string => list.map(literal).join(', ');

/** Functions that the role may call by a grant to PUBLIC, to itself or to a role of it, one row a grant. */
function callable(where: string, owners = false): string {
  return `select n.nspname as schema, p.proname as name, ${granteeName} as grantee, ${argumentPairs}
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    where a.privilege_type = 'EXECUTE' ${owners ? '' : 'and a.grantee <> p.proowner'} and ${reaches} and ${where} order by 1, 2`;
}

function catalogFunctions(
  id: string,
  severity: PostgresCheck['severity'],
  cwe: number,
  list: readonly string[],
  title: string,
  why: string,
): PostgresCheck {
  return {
    ...{ id, severity, cwe, title, why },
    query: callable(`n.nspname = 'pg_catalog' and p.proname in (${names(list)})`),
    place: (row) => ({
      evidence: `${text(row, 'name')}, granted to ${grantee(row)}`,
      fix: [`revoke execute on function ${routine(row)} from ${grantee(row)};`],
    }),
  };
}

const usableLanguage = `select l.lanname as name, ${granteeName} as grantee
  from pg_language l, aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) a
  where l.lanispl and l.lanpltrusted and a.grantee <> l.lanowner and ${reaches}`;

/** Functions and languages that the role may use, and what they reach. */
export const functionChecks: readonly PostgresCheck[] = [
  {
    id: 'definer-search-path',
    severity: 'high',
    cwe: 426,
    title: 'A SECURITY DEFINER function that the role may call has no fixed search_path',
    why: "The caller chooses the search_path, and so which objects the body uses: its own function then runs with the owner's rights.",
    query: callable(
      `p.prosecdef and ${ownSchemas} and not exists (select from unnest(p.proconfig) c where c ~ '^search_path=')`,
      true,
    ).replace('order by 1, 2', 'order by 1, 2, 3'),
    place: (row) => ({
      evidence: routine(row),
      fix: [
        `alter routine ${routine(row)} set search_path = pg_catalog, ${identifier(text(row, 'schema'))}, pg_temp;`,
      ],
    }),
  },
  {
    id: 'untrusted-function',
    severity: 'high',
    cwe: 94,
    title: 'The role may call a function in an untrusted language',
    why: 'Its code can do whatever the operating system allows the server. An argument that it trusts can run a program.',
    query: callable(
      `${ownSchemas} and p.prolang in (select oid from pg_language where lanispl and not lanpltrusted)`,
      true,
    ),
    place: (row) => ({
      evidence: routine(row),
      fix: [`revoke execute on routine ${routine(row)} from ${grantee(row)};`],
    }),
  },
  {
    id: 'do-block',
    severity: 'medium',
    cwe: 94,
    title: 'The role may run DO blocks',
    why: 'An injected DO statement is a whole program: loops, dynamic SQL, SET.',
    query: `${usableLanguage} and l.laninline <> 0 order by 1, 2`,
    place: (row) => ({
      evidence: `language ${identifier(text(row, 'name'))}, granted to ${grantee(row)}`,
      fix: [`revoke usage on language ${identifier(text(row, 'name'))} from ${grantee(row)};`],
    }),
  },
  catalogFunctions(
    'file-functions',
    'critical',
    22,
    fileFunctions,
    'The role may read or write files on the server',
    "One expression can read pg_hba.conf or a private key, or write a file as the server's user.",
  ),
  catalogFunctions(
    'server-functions',
    'high',
    250,
    serverFunctions,
    'The role may control the server',
    'It can promote a standby, rotate logs, reset statistics, or pause replication.',
  ),
  catalogFunctions(
    'query-functions',
    'medium',
    89,
    queryFunctions,
    'The role may call functions that run a query given as text',
    'With query_to_xml and similar functions, one injected expression can run any SELECT, even past a keyword filter.',
  ),
  catalogFunctions(
    'large-objects',
    'low',
    732,
    largeObjectFunctions,
    'The role may create large objects',
    'Even a read-only role can then store data in the database, without a grant on any table.',
  ),
  {
    id: 'reaching-extension',
    severity: 'high',
    cwe: 918,
    title: 'The role may call functions that reach other servers, files or programs',
    why: 'dblink and similar functions connect from the database server: past the firewall, to the server itself, or out with the data.',
    query: callable(`exists (select from pg_depend d join pg_extension e on e.oid = d.refobjid
      where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.refclassid = 'pg_extension'::regclass
      and d.deptype = 'e' and e.extname in (${names(reachingExtensions)}))
      and p.proname !~ '(_handler|_validator)$'`),
    place: (row) => ({
      evidence: `${object(row)}, granted to ${grantee(row)}`,
      fix: [`revoke execute on function ${routine(row)} from ${grantee(row)};`],
    }),
  },
  {
    id: 'foreign-server',
    severity: 'medium',
    cwe: 918,
    title: 'The role may use a foreign server or a foreign data wrapper',
    why: 'It can map itself to an account there. With a wrapper it can define servers that connect to any address.',
    query: `select 'foreign server' as kind, s.srvname as name, ${granteeName} as grantee
      from pg_foreign_server s, aclexplode(s.srvacl) a where a.grantee <> s.srvowner and ${reaches}
      union all select 'foreign data wrapper', w.fdwname, ${granteeName}
      from pg_foreign_data_wrapper w, aclexplode(w.fdwacl) a where a.grantee <> w.fdwowner and ${reaches} order by 1, 2`,
    place: (row) => {
      const what = `${text(row, 'kind')} ${identifier(text(row, 'name'))}`;
      return { evidence: what, fix: [`revoke usage on ${what} from ${grantee(row)};`] };
    },
  },
];
