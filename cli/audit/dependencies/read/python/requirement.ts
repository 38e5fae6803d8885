import type { PackageSource } from '../../package-graph.ts';
import { gitSource, registrySource, urlSource } from '../kit/package-source.ts';
import { pythonName } from './python-name.ts';

/** What PEP 508 calls a dependency specification. */
export interface Requirement {
  readonly name: string;
  readonly extras: readonly string[];
  /** Of `==1.2` and `===1.2`. */
  readonly version?: string;
  readonly range?: string;
  readonly marker?: string;
  readonly source: PackageSource;
}

const named = /^([A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?)\s*(?:\[([^\]]{0,500})\])?\s*/;

/** `Django[argon2]>=4.2,<5; python_version > "3.8"`; undefined if it is none. */
export function readRequirement(text: string): Requirement | undefined {
  const found = named.exec(text.trim());
  if (!found) return undefined;
  const rest = text.trim().slice(found[0].length);
  const base = {
    name: pythonName(found[1] ?? ''),
    extras: (found[2] ?? '')
      .split(',')
      .map(pythonName)
      .filter((one) => one !== ''),
  };
  if (rest.startsWith('@')) {
    // A URL may hold `;`, so that a marker begins with ` ;`.
    const [, url = '', marker] = /^@\s*(\S+?)(?:\s+;\s*(.+))?$/.exec(rest) ?? [];
    if (url === '') return undefined;
    return { ...base, source: pythonLocation(url), ...(marker === undefined ? {} : { marker }) };
  }
  const end = rest.indexOf(';');
  const range = (end < 0 ? rest : rest.slice(0, end)).trim().replace(/^\((.*)\)$/, '$1');
  const marker = end < 0 ? '' : rest.slice(end + 1).trim();
  if (!/^(?:(?:[<>=!~]=|===|[<>])\s*[^\s,;]+\s*(?:,\s*|$))*$/.test(range)) return undefined;
  const [, version] = /^===?\s*([^\s,*]+)$/.exec(range.replace(/,\s*$/, '')) ?? [];
  return {
    ...base,
    source: registrySource(),
    ...(version === undefined ? {} : { version }),
    ...(version !== undefined || range === '' ? {} : { range: range.replace(/\s+/g, '') }),
    ...(marker === '' ? {} : { marker }),
  };
}

/** `git+https://...@commit#egg=name`, an archive, a folder. */
export function pythonLocation(text: string): PackageSource {
  if (/^(?:git|hg|svn|bzr)\+/i.test(text)) {
    const bare = text.split('#', 1)[0] ?? '';
    const [, location, reference] = /^(.*?[^/]\/.*?)@([^@/]+)$/.exec(bare) ?? [];
    return gitSource(location ?? bare, reference);
  }
  if (/^https?:/i.test(text)) return urlSource(text);
  return { kind: 'file', location: text.replace(/^file:(?:\/\/)?/, '') };
}
