import { parseAllDocuments } from 'yaml';
import { isProductionPath } from '../subject/production-path.ts';
import type { Subject } from '../subject/subject.ts';
import type { Spot } from './module-file.ts';

/** What a file of the deployment sets in the environment. */
export interface Variable {
  /** Undefined if the file takes it from outside: `${DEBUG}`. */
  readonly value: string | undefined;
  readonly spot: Spot;
}

const mostFiles = 200;
const mostText = 200_000;

/** Variables that Dockerfiles, compose files, manifests of Kubernetes, units of systemd, Procfiles and `.env` files set. */
export function deployedVariables(subject: Subject): ReadonlyMap<string, readonly Variable[]> {
  let found = known.get(subject);
  if (!found) {
    found = read(subject);
    known.set(subject, found);
  }
  return found;
}

const known = new WeakMap<Subject, ReadonlyMap<string, readonly Variable[]>>();

function read(subject: Subject): ReadonlyMap<string, readonly Variable[]> {
  const paths = subject.paths.filter(
    (path) => isProductionPath(path) && !isForDevelopment(path) && readerOf(path) !== undefined,
  );
  const loads = subject.paths.some(
    (path) =>
      (path.endsWith('.py') && /dotenv|read_env|decouple|environs/.test(subject.read(path) ?? '')) ||
      (isCompose(path) && /env_file/.test(subject.read(path) ?? '')),
  );
  const isForProduction = (path: string): boolean => /(^|[/._-])(prod|production)([/._-]|$)/i.test(path);
  const hasProductionCompose = paths.some((path) => isCompose(path) && isForProduction(path));
  const variables = new Map<string, Variable[]>();
  for (const path of paths.slice(0, mostFiles)) {
    // Where there is a compose file for production, the other is for development.
    if (hasProductionCompose && isCompose(path) && !isForProduction(path)) continue;
    // Nothing reads such a file by itself.
    if (readerOf(path) === ofEnvFile && !loads) continue;
    const text = subject.read(path);
    if (text === undefined || text.length > mostText) continue;
    for (const [name, value] of readerOf(path)?.(text) ?? []) {
      const all = variables.get(name) ?? [];
      if (all.length < 6) all.push({ value: withoutReference(value), spot: spotOfName(path, text, name) });
      variables.set(name, all);
    }
  }
  return variables;
}

/** Whether a file is for development or tests by its name. */
export function isForDevelopment(path: string): boolean {
  return /(^|[/._-])(dev|devel|develop|development|local|localhost|test|tests|testing|ci|debug|override|example|sample|template|dist|devcontainer)([/._-]|$)/i.test(
    path,
  );
}

function isCompose(path: string): boolean {
  return /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/i.test(path);
}

type Pairs = readonly (readonly [name: string, value: string])[];

function readerOf(path: string): ((text: string) => Pairs) | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(Dockerfile|Containerfile)|\.dockerfile$/i.test(name)) return ofDockerfile;
  if (/\.ya?ml$/i.test(name) && !path.startsWith('.github/') && name !== '.gitlab-ci.yml') return ofYaml;
  if (/\.service$/.test(name)) return ofUnit;
  if (/^\.env$|^\.env\.prod|^\.?(prod|production)\.env$/i.test(name)) return ofEnvFile;
  if (name === 'Procfile' || /^(entrypoint|docker-entrypoint|start|run)\.sh$/.test(name)) return ofShell;
  if (/^uwsgi\.ini$|\.uwsgi\.ini$/.test(name)) return ofUwsgi;
  if (name === 'fly.toml') return ofFly;
  return undefined;
}

/** `${X:-default}` is the default, and `${X}` comes from outside. */
function withoutReference(value: string): string | undefined {
  const initial = /^\$\{\w+:?-([^${}]*)\}$/.exec(value)?.[1];
  return initial ?? (/\$[\w{(]/.test(value) ? undefined : value);
}

function spotOfName(path: string, text: string, name: string): Spot {
  const lines = text.split('\n');
  const pattern = new RegExp(`(^|[^\\w])${name.replace(/[^\w]/g, '')}([^\\w]|$)`);
  const at = Math.max(
    0,
    lines.findIndex((line) => pattern.test(line)),
  );
  const line = (lines[at] ?? '').trim().slice(0, 160);
  const text_ = /secret|password|token|key|url|dsn/i.test(name) ? `${name}=...` : line;
  return { path, line: at + 1, text: text_ };
}

function ofDockerfile(text: string): Pairs {
  return [...lastStage(text.replace(/\\\r?\n/g, ' ')).matchAll(/^[ \t]*ENV[ \t]+(.{1,4000})$/gim)].flatMap(
    ([, rest = '']) => {
      const old = /^(\w+)[ \t]+(?!=)(\S.*)$/.exec(rest.trim());
      return old?.[1] !== undefined && !/^\w+=/.test(rest.trim())
        ? [[old[1], unquoted(old[2] ?? '')]]
        : assignments(rest);
    },
  );
}

/** The last stage, and those that it is built on: others are not in the image. */
function lastStage(text: string): string {
  const stages = text.split(/^(?=[ \t]*FROM[ \t])/im).slice(-50);
  const kept: string[] = [];
  for (let at = stages.length - 1; at >= 0; ) {
    const stage = stages[at] ?? '';
    kept.unshift(stage);
    const from = /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)/i.exec(stage)?.[1]?.toLowerCase();
    at = stages.findLastIndex(
      (one, index) =>
        index < at && /^[ \t]*FROM[^\n]*[ \t]AS[ \t]+(\S+)/i.exec(one)?.[1]?.toLowerCase() === from,
    );
  }
  return kept.join('');
}

/** `A=b C="d e"` */
function assignments(text: string): Pairs {
  return [...text.matchAll(/(?:^|\s)([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']*)/g)].map(
    ([, name = '', value = '']) => [name, unquoted(value)] as const,
  );
}

function unquoted(value: string): string {
  const text = value.trim();
  return /^(["']).*\1$/s.test(text) && text.length >= 2 ? text.slice(1, -1) : text;
}

function ofUnit(text: string): Pairs {
  return [...text.matchAll(/^\s*Environment=(.{1,4000})$/gm)].flatMap(([, rest = '']) => {
    const whole = [...rest.matchAll(/"(\w+)=([^"]*)"|'(\w+)=([^']*)'/g)].map(
      ([, a, b = '', c, d = '']) => [a ?? c ?? '', a === undefined ? d : b] as const,
    );
    return whole.length > 0 ? whole : assignments(rest);
  });
}

function ofEnvFile(text: string): Pairs {
  return [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(.{0,2000}?)[ \t]*$/gm)].map(
    ([, name = '', value = '']) => [name, envValue(value)] as const,
  );
}

/** `"a # b" # why` */
function envValue(value: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(value)?.[2];
  return quoted ?? value.replace(/[ \t]+#.*$/, '').trim();
}

function ofShell(text: string): Pairs {
  return text.split('\n').flatMap((line) => {
    const command = /^\s*(?:export\s+|\w+:\s*(?:env\s+)?)?((?:[A-Za-z_]\w*=\S*\s*)+)/.exec(line)?.[1];
    return command === undefined ? [] : assignments(command);
  });
}

function ofUwsgi(text: string): Pairs {
  return [...text.matchAll(/^\s*env\s*=\s*([A-Za-z_]\w*)=(.{0,500})$/gm)].map(
    ([, name = '', value = '']) => [name, unquoted(value)] as const,
  );
}

function ofFly(text: string): Pairs {
  const part = /^\[env\]\s*$([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(text)?.[1] ?? '';
  return ofEnvFile(part);
}

const mostNodes = 20_000;

/** `environment` and `env_variables` of any object, and lists of `{ name, value }`. */
function ofYaml(text: string): Pairs {
  if (!/environment|env_variables|\benv\b|envVars/.test(text)) return [];
  const pairs: [string, string][] = [];
  let left = mostNodes;
  const walk = (value: unknown, depth: number): void => {
    left--;
    if (left <= 0 || depth > 30 || typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (/^(environment|env_variables|env|envVars)$/.test(key)) pairs.push(...ofEnvironment(child));
      // Of a service that is only for tests or development nothing counts.
      else if (!/^(test|tests|dev|development)$/.test(key)) walk(child, depth + 1);
    }
  };
  try {
    for (const document of parseAllDocuments(text).slice(0, 50))
      walk(document.toJS({ maxAliasCount: 50 }), 0);
  } catch {
    return [];
  }
  return pairs;
}

function ofEnvironment(value: unknown): [string, string][] {
  if (Array.isArray(value)) {
    return value.flatMap((one): [string, string][] => {
      if (typeof one === 'string') {
        const at = one.indexOf('=');
        return at < 0 ? [[one, '$outside']] : [[one.slice(0, at), one.slice(at + 1)]];
      }
      const { name, key, value: text } = (one ?? {}) as Record<string, unknown>;
      const called = typeof name === 'string' ? name : key;
      if (typeof called !== 'string') return [];
      return [[called, text === undefined || typeof text === 'object' ? '$outside' : String(text)]];
    });
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, one]) => [
    name,
    one === null || typeof one === 'object' ? '$outside' : String(one),
  ]);
}
