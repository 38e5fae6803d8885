import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { mayBeProduction } from '../production-file.ts';
import { type CaddyLine, parseCaddyfile } from './parse-caddyfile.ts';

export interface CaddySite {
  /** `example.com`, `http://example.com`, `:8080`, `{$DOMAIN}` */
  readonly addresses: readonly string[];
  readonly line: CaddyLine;
  /** What stands in it, with imported snippets in their places. */
  readonly directives: readonly CaddyLine[];
  /** An import that is not in the project. */
  readonly missing: readonly CaddyLine[];
  /** The global options of its file. */
  readonly options: readonly CaddyLine[];
}

export interface CaddyView {
  readonly sites: readonly CaddySite[];
  readonly gaps: readonly Evidence[];
}

const caddyfile = /(^|\/)(Caddyfile([._-][\w.-]+)?|[\w.-]+\.caddy(file)?)$/i;

const known = new WeakMap<Subject, CaddyView>();

/** The sites of all Caddyfiles that production may use. */
export function caddyView(subject: Subject): CaddyView {
  const before = known.get(subject);
  if (before !== undefined) return before;
  const gaps: Evidence[] = [];
  const sites = subject.paths
    .filter((path) => caddyfile.test(path) && mayBeProduction(path))
    .slice(0, 50)
    .flatMap((path) => sitesOf(path, subject, gaps));
  const view = { sites, gaps };
  known.set(subject, view);
  return view;
}

function sitesOf(path: string, subject: Subject, gaps: Evidence[]): readonly CaddySite[] {
  const text = subject.read(path);
  const { lines, problem } =
    text === undefined ? { lines: [], problem: 'could not be read' } : parseCaddyfile(text, path);
  if (problem !== undefined) {
    gaps.push({ text: `${path} ${problem}`, path, line: 1 });
    return [];
  }
  const snippets = new Map(
    lines.flatMap(({ words: [name = ''], block }) =>
      /^\(.+\)$/.test(name) && block ? [[name.slice(1, -1), block] as const] : [],
    ),
  );
  const options = lines.find(({ words, block }) => words.length === 0 && block !== undefined)?.block ?? [];
  const blocks = lines.filter(
    ({ words: [name = ''], block }) =>
      block !== undefined && name !== '' && !name.startsWith('(') && !name.startsWith('&('),
  );
  const bare = lines.filter(({ block, words: [name] }) => block === undefined && name !== 'import');
  // One site may stand without braces: its address first, then its directives.
  const isBraceless = blocks.length === 0 && bare.length > 0 && lines[0]?.block === undefined;
  const heads = isBraceless
    ? [{ ...(bare[0] as CaddyLine), block: lines.slice(lines.indexOf(bare[0] as CaddyLine) + 1) }]
    : blocks;
  const top = lines.filter(({ words: [name], block }) => name === 'import' && block === undefined);
  for (const line of top) if (!isBraceless) gaps.push({ text: line.words.join(' '), path, line: line.line });
  return heads.map((line) => {
    const missing: CaddyLine[] = [];
    const directives = imported(line.block ?? [], snippets, missing, 0);
    const addresses = line.words.flatMap((word) => word.split(',')).filter(Boolean);
    return { addresses, line, directives, missing, options };
  });
}

function imported(
  lines: readonly CaddyLine[],
  snippets: ReadonlyMap<string, readonly CaddyLine[]>,
  missing: CaddyLine[],
  depth: number,
  /** Snippets can import each other again and again. */
  room: { left: number } = { left: 20_000 },
): readonly CaddyLine[] {
  room.left -= lines.length;
  return lines.flatMap((line) => {
    const [name, target = ''] = line.words;
    if (name === 'import') {
      const snippet = snippets.get(target);
      if (snippet !== undefined && depth < 10 && missing.length < 1000 && room.left > 0)
        return imported(snippet, snippets, missing, depth + 1, room);
      missing.push(line);
      return [];
    }
    return line.block === undefined
      ? line
      : { ...line, block: imported(line.block, snippets, missing, depth, room) };
  });
}

/** All lines of a site at any depth, with the names of the blocks around each. */
export function linesWithin(
  lines: readonly CaddyLine[],
  around: readonly string[] = [],
): readonly { readonly line: CaddyLine; readonly around: readonly string[] }[] {
  return lines.flatMap((line) => [
    { line, around },
    ...linesWithin(line.block ?? [], [...around, line.words[0] ?? '']),
  ]);
}

export function shownLine({ words, path, line, block }: CaddyLine): Evidence {
  const text = words.join(' ').slice(0, 200);
  return { text: block === undefined ? text : `${text} {`, path, line };
}

export type Scheme = 'https' | 'http' | 'unknown';

/** Which scheme Caddy answers an address with: https for every host, unless `http://` or port 80 is given. */
export function schemeOf(given: string, options: readonly CaddyLine[]): Scheme {
  // `{$HOST:example.com}` is what follows the colon, unless the environment says otherwise.
  const address = given.replace(/\{\$\w+:([^{}]*)\}/g, '$1');
  const mode = options.find(({ words: [name] }) => name === 'auto_https')?.words[1];
  if (address.includes('{')) return 'unknown';
  if (/^http:\/\//i.test(address)) return 'http';
  const rest = address.replace(/^https:\/\//i, '');
  const [, host = '', port] = /^(\[[^\]]*\]|[^:/]*)(?::(\d+))?/.exec(rest) ?? [];
  if (port === '80') return 'http';
  if (/^https:\/\//i.test(address)) return 'https';
  if (mode === 'off') return port === '443' ? 'unknown' : 'http';
  if (host === '') return port === '443' ? 'https' : 'http';
  return 'https';
}
