import { parse } from 'smol-toml';
import type { Subject } from '../../subject/subject.ts';
import { hasPath } from '../has-path.ts';

/** A command of an environment of tox, or of a session of nox. */
export interface EnvironmentCommand {
  readonly environment: string;
  readonly text: string;
  readonly ignored: boolean;
  readonly path: string;
  readonly line: number;
}

const maxCommands = 500;

/** What `tox` runs in these environments; without names in all of them. */
export function toxCommands(
  subject: Subject,
  folder: string,
  names: readonly string[],
): readonly EnvironmentCommand[] {
  const inside = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  const all = [
    ...ofIni(subject, inside('tox.ini')),
    ...ofToml(subject, inside('pyproject.toml')),
    ...ofToml(subject, inside('tox.toml')),
  ];
  if (names.length === 0) return all.slice(0, maxCommands);
  const own = new Set(all.map(({ environment }) => environment));
  const isChosen = (environment: string): boolean =>
    names.includes(environment) || (environment === '' && names.some((name) => !own.has(name)));
  return all.filter(({ environment }) => isChosen(environment)).slice(0, maxCommands);
}

function ofIni(subject: Subject, path: string): readonly EnvironmentCommand[] {
  const text = subject.read(path);
  return text === undefined || !hasPath(subject, path) ? [] : iniCommands(text, path, 1);
}

function iniCommands(text: string, path: string, firstLine: number): readonly EnvironmentCommand[] {
  const found: EnvironmentCommand[] = [];
  let environment: string | undefined;
  let inCommands = false;
  for (const [index, raw] of text.split(/\r?\n/, 5000).entries()) {
    const section = /^\[testenv(?::([\w.,{}-]+))?\]/.exec(raw);
    if (raw.startsWith('[')) {
      environment = section ? (section[1] ?? '') : undefined;
      inCommands = false;
      continue;
    }
    const [, key, value = ''] = /^(\w+)\s*=\s*(.*)$/.exec(raw) ?? [];
    if (key !== undefined) inCommands = /^commands(_pre|_post)?$/.test(key);
    const body = (key === undefined ? raw : value).trim();
    if (environment === undefined || !inCommands || body === '' || body.startsWith('#')) continue;
    found.push({ environment, ...command(body), path, line: firstLine + index });
  }
  return found;
}

/** `py3: - pytest {posargs}`: a condition, and the sign that a failure is ignored. */
function command(body: string): { readonly text: string; readonly ignored: boolean } {
  const bare = body.replace(/^[\w!,.{}-]+:\s+/, '').replace(/\{posargs[^}]*\}|\\$/g, ' ');
  return { text: bare.replace(/^-\s*/, ''), ignored: /^-\s/.test(bare) };
}

function ofToml(subject: Subject, path: string): readonly EnvironmentCommand[] {
  const text = subject.read(path);
  if (text === undefined || !hasPath(subject, path) || (!text.includes('tox') && !path.endsWith('tox.toml')))
    return [];
  let tables: Record<string, unknown>;
  try {
    const parsed: Record<string, unknown> = parse(text);
    tables = path.endsWith('tox.toml') ? parsed : record(record(parsed['tool'])['tox']);
  } catch {
    return [];
  }
  const legacy = tables['legacy_tox_ini'];
  const line = Math.max(
    1,
    text.split('\n').findIndex((one) => /^\[tool\.tox|legacy_tox_ini|^\[env/.test(one)) + 1,
  );
  if (typeof legacy === 'string') return iniCommands(legacy, path, line).map((one) => ({ ...one, line }));
  const environments: [string, unknown][] = [
    ['', tables['env_run_base']],
    ...Object.entries(record(tables['env'])),
  ];
  return environments.flatMap(([environment, table]) =>
    list(record(table)['commands']).map((words) => ({
      environment,
      text: list(words)
        .filter((word) => typeof word === 'string')
        .join(' '),
      ignored: false,
      path,
      line: Math.max(
        1,
        text
          .split('\n')
          .findIndex((one) => one.includes(environment === '' ? 'env_run_base' : `env.${environment}`)) + 1,
      ),
    })),
  );
}

/** `session.run("pytest", "-q")` of a `noxfile.py`; without names of all sessions. */
export function noxCommands(
  subject: Subject,
  folder: string,
  names: readonly string[],
): readonly EnvironmentCommand[] {
  const path = folder === '' ? 'noxfile.py' : `${folder}/noxfile.py`;
  const text = hasPath(subject, path) ? subject.read(path) : undefined;
  if (text === undefined) return [];
  const found: EnvironmentCommand[] = [];
  let environment = '';
  for (const match of text.matchAll(
    /^def (\w+)\(|\bsession\.run(?:_always)?\(\s*((?:f?["'][^"'\n]{0,200}["']\s*,?\s*){1,40})/gm,
  )) {
    const [, name, words] = match;
    if (name !== undefined) environment = name;
    else if (
      words !== undefined &&
      (names.length === 0 || names.includes(environment.replaceAll('_', '-')) || names.includes(environment))
    ) {
      const parts = [...words.matchAll(/["']([^"'\n]*)["']/g)].map(([, part = '']) => part);
      const after = text.slice(match.index, match.index + 600);
      const line = text.slice(0, match.index).split('\n').length;
      found.push({
        environment,
        text: parts.join(' '),
        ignored: /^[^)]*success_codes\s*=/.test(after),
        path,
        line,
      });
    }
    if (found.length >= maxCommands) break;
  }
  return found;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
