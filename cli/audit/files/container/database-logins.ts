import type { Evidence } from '../../check/outcome.ts';
import { at, itemsOf, textOf } from '../yaml-tree.ts';
import { type ComposeService, environmentOf } from './compose-file.ts';

export interface ComposeDatabase {
  readonly name: string;
  readonly path: string;
  /** The role that the image makes; undefined if a file of variables may name it. */
  readonly superuser: string | undefined;
  readonly evidence: Evidence;
}

export interface DatabaseLogin {
  readonly service: string;
  readonly database: ComposeDatabase;
  /** Undefined if it is not in the file. A variable is `${NAME}`. */
  readonly role: string | undefined;
  readonly evidence: Evidence;
}

/** Images whose POSTGRES_USER is a superuser, as the documentation of the first says; the others are built from it. */
const postgres =
  /^(docker\.io\/)?(library\/)?(postgres|postgis\/postgis|timescale\/timescaledb|pgvector\/pgvector)(:|@|$)/;
const administers = /migrat|initdb|\bseed|backup|\bdump|pgadmin|adminer|exporter/i;
const address = /^['"]?postgres(?:ql)?(?:\+\w+)?:\/\/([^:@/\s]+)(?::[^@\s]*)?@([\w.-]+)/;
const userName = /^(PGUSER|(\w+_)?(DB|DATABASE|POSTGRES|POSTGRESQL|PG|SQL)_(USER|USERNAME))$/;

/** The databases of PostgreSQL of compose files, and how the other services of the same file log in to them. */
export function databaseLogins(services: readonly ComposeService[]): {
  readonly databases: readonly ComposeDatabase[];
  readonly logins: readonly DatabaseLogin[];
} {
  const databases = services.flatMap((one) => databaseOf(one) ?? []);
  const logins = services
    .filter(({ name, tree }) => databaseOf({ name, tree, path: '', line: 1 }) === undefined)
    .filter(({ name, tree }) => !administers.test(`${name} ${textOf(at(tree, 'image'))} ${commandOf(tree)}`))
    .flatMap((one) =>
      loginsOf(
        one,
        databases.filter(({ path }) => path === one.path),
      ),
    );
  return { databases, logins };
}

const commandOf = (tree: ComposeService['tree']): string =>
  itemsOf(at(tree, 'command'))
    .map((item) => textOf(item) ?? '')
    .join(' ') + (textOf(at(tree, 'command')) ?? '');

function databaseOf({ name, path, line, tree }: ComposeService): ComposeDatabase | undefined {
  if (!postgres.test(textOf(at(tree, 'image')) ?? '')) return undefined;
  const user = variablesOf(tree).find((one) => one.name === 'POSTGRES_USER');
  const superuser = user?.value ?? (at(tree, 'env_file') === undefined ? 'postgres' : undefined);
  const text = user === undefined ? `${name}: no POSTGRES_USER` : `POSTGRES_USER: ${user.value}`;
  return { name, path, superuser, evidence: { text: text.slice(0, 200), path, line: user?.line ?? line } };
}

function loginsOf(
  { name, path, line, tree }: ComposeService,
  databases: readonly ComposeDatabase[],
): readonly DatabaseLogin[] {
  const [only, second] = databases;
  const logins = variablesOf(tree).flatMap((one): DatabaseLogin[] => {
    const [, role, host] = address.exec(one.value) ?? [];
    const database = databases.find((other) => other.name === host);
    // The rest of a URL is a password.
    const evidence = {
      text: `${one.name}: the role ${role ?? one.value}`.slice(0, 200),
      path,
      line: one.line,
    };
    if (database !== undefined && role !== undefined) return [{ service: name, database, role, evidence }];
    if (only === undefined || second !== undefined || !userName.test(one.name)) return [];
    return [{ service: name, database: only, role: one.value, evidence }];
  });
  if (logins.length > 0) return logins;
  const after = itemsOf(at(tree, 'depends_on')).map((item) => textOf(item));
  return databases
    .filter(
      (one) =>
        after.includes(one.name) ||
        at(at(tree, 'depends_on'), one.name) !== undefined ||
        at(tree, 'env_file') !== undefined,
    )
    .map((database) => ({
      ...{ service: name, database, role: undefined },
      evidence: { text: `${name}: no role in the file`, path, line },
    }));
}

function variablesOf(
  tree: ComposeService['tree'],
): readonly { readonly name: string; readonly value: string; readonly line: number }[] {
  return environmentOf(tree).flatMap(({ text, line }) => {
    const [, name, value] = /^(\w+)(?:=|: )(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) return [];
    return [{ name, value: value.replace(/\$\{(\w+)[^{}]*\}|\$(\w+)/g, (_, a, b) => `\${${a ?? b}}`), line }];
  });
}
