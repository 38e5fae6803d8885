import { parse } from 'smol-toml';
import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { folderOf } from '../own-folder.ts';
import { mayBeProduction } from '../production-file.ts';
import { at, itemsOf, lineOf, readYaml, type Tree, textOf } from '../yaml-tree.ts';

/** What a platform's configuration file says about requests over http. */
export interface PlatformRedirect {
  readonly name: string;
  readonly path: string;
  /** The folder that it deploys. */
  readonly folder: string;
  /** `open`: it hands them on to the application. */
  readonly state: 'redirects' | 'open' | 'unknown';
  readonly evidence: readonly Evidence[];
  readonly fix: string;
}

const byName: readonly (readonly [RegExp, (path: string, text: string) => PlatformRedirect | undefined])[] = [
  [/(^|\/)fly(\.prod|\.production)?\.toml$/, fly],
  [/(^|\/)app(\.prod|\.production)?\.ya?ml$/, appEngine],
  [/(^|\/)render\.ya?ml$/, render],
  [/(^|\/)vercel\.json$/, (path, text) => ofItself('Vercel', path, text)],
  [/(^|\/)netlify\.toml$/, (path, text) => ofItself('Netlify', path, text)],
];

/** The files of platforms that end TLS in front of the application. */
export function platformRedirects(subject: Subject): readonly PlatformRedirect[] {
  return subject.paths
    .filter(mayBeProduction)
    .flatMap((path) => {
      const reader = byName.find(([file]) => file.test(path))?.[1];
      const text = reader && subject.read(path);
      return text === undefined ? [] : (reader?.(path, text) ?? []);
    })
    .slice(0, 50);
}

/** Vercel, Netlify and Render answer http with a redirect, and have no setting that switches it off. */
function ofItself(name: string, path: string, text: string, line = 1): PlatformRedirect {
  const shown = (text.split('\n')[line - 1] ?? '').trim().slice(0, 160);
  const evidence = [{ text: shown || path, path, line }];
  return { name, path, folder: folderOf(path), state: 'redirects', evidence, fix: '' };
}

function fly(path: string, text: string): PlatformRedirect | undefined {
  const base = { name: 'Fly', path, folder: folderOf(path), fix: 'Set in fly.toml: `force_https = true`.' };
  const places = (pattern: RegExp): Evidence[] =>
    text
      .split('\n', 5000)
      .flatMap((line, index) => (pattern.test(line) ? [{ text: line.trim(), path, line: index + 1 }] : []));
  const unread = [{ text: path, path, line: 1 }];
  let file: Record<string, unknown>;
  try {
    file = parse(text.slice(0, 200_000)) as Record<string, unknown>;
  } catch {
    return { ...base, state: 'unknown', evidence: unread };
  }
  const services = recordsOf(file['services']);
  const plain = [
    ...recordsOf(file['http_service']),
    ...services.flatMap((one) => recordsOf(one['ports'])).filter(answersHttp),
  ];
  const hasTls = services.some((one) =>
    recordsOf(one['ports']).some(({ handlers }) => Array.isArray(handlers) && handlers.includes('tls')),
  );
  if (plain.length === 0)
    return hasTls
      ? { ...base, state: 'redirects', evidence: places(/handlers/) }
      : { ...base, state: 'unknown', evidence: unread };
  if (plain.every((one) => one['force_https'] === true))
    return { ...base, state: 'redirects', evidence: places(/force_https/) };
  const loose = places(/force_https|^\s*\[\[?(http_service|services)/);
  return { ...base, state: 'open', evidence: loose.length > 0 ? loose : unread };
}

function recordsOf(value: unknown): readonly Record<string, unknown>[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter(
    (one): one is Record<string, unknown> => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
}

function answersHttp({ handlers }: Record<string, unknown>): boolean {
  return Array.isArray(handlers) && handlers.includes('http') && !handlers.includes('tls');
}

/** `secure: always` of each handler. What no handler names is answered over both, where it is answered at all. */
function appEngine(path: string, text: string): PlatformRedirect | undefined {
  const [tree] = readYaml(text).documents;
  const runtime = textOf(at(tree, 'runtime'));
  if (runtime === undefined || !/^(python|nodejs)\d+$/.test(runtime)) return undefined;
  const handlers = itemsOf(at(tree, 'handlers'));
  const base = {
    name: 'App Engine',
    path,
    folder: folderOf(path),
    fix: 'Add `secure: always` to each handler of app.yaml, the last of which is `url: /.*`.',
  };
  const isSecure = (one: Tree): boolean => textOf(at(one, 'secure')) === 'always';
  const isAll = (one: Tree): boolean => /^\/?\.\*$/.test(textOf(at(one, 'url')) ?? '');
  if (handlers.length > 0 && handlers.every(isSecure) && handlers.some(isAll))
    return { ...base, state: 'redirects', evidence: handlers.map((one) => shown(one, 'secure', path)) };
  const open = handlers.filter((one) => !isSecure(one));
  const evidence = open.map((one) => shown(one, 'url', path));
  const runs = { text: `runtime: ${runtime}`, path, line: lineOf(tree, 'runtime') };
  return { ...base, state: 'open', evidence: [runs, ...evidence] };
}

function shown(tree: Tree, key: string, path: string): Evidence {
  return { text: `${key}: ${textOf(at(tree, key)) ?? ''}`, path, line: lineOf(tree, key) };
}

function render(path: string, text: string): PlatformRedirect | undefined {
  const [tree] = readYaml(text).documents;
  const web = itemsOf(at(tree, 'services')).filter((one) => textOf(at(one, 'type')) === 'web');
  const [first] = web;
  if (first === undefined) return undefined;
  const line = lineOf(first, 'type');
  return ofItself('Render', path, text, line);
}
