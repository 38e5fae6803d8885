import type { Integrity, LockFile } from '../../package-graph.ts';
import { draftOf } from '../kit/draft.ts';
import { colonIntegrity } from '../kit/integrity.ts';
import { LockCollector, type LockInput } from '../kit/lock-reader.ts';
import { hostOf } from '../kit/package-source.ts';
import { pythonName } from './python-name.ts';
import { pythonLocation, type Requirement, readRequirement } from './requirement.ts';

const mostFiles = 100;
const mostLines = 100_000;

/** A requirements file and those that it includes: https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
export function readRequirementsLock(input: LockInput): LockFile {
  const lock = new LockCollector(input);
  const reader = new RequirementsReader(input, lock);
  reader.read();
  return lock.finish('requirements', 'PyPI');
}

interface Line {
  readonly text: string;
  readonly path: string;
  readonly line: number;
}

class RequirementsReader {
  readonly #input: LockInput;
  readonly #lock: LockCollector;
  readonly #seen = new Set<string>();
  readonly #lines: Line[] = [];
  readonly #constraints = new Map<string, Requirement>();
  #host: string | undefined;
  #count = 0;

  constructor(input: LockInput, lock: LockCollector) {
    this.#input = input;
    this.#lock = lock;
  }

  read(): void {
    this.#file(this.#input.path, this.#input.text, false);
    for (const line of this.#lines) this.#requirement(line);
  }

  #file(path: string, text: string, isConstraint: boolean): void {
    this.#seen.add(`${isConstraint}:${path}`);
    for (const line of logicalLines(text, path)) {
      if (++this.#count > mostLines) {
        this.#lock.problem('has too many lines');
        return;
      }
      this.#line(line, isConstraint);
    }
  }

  #line(line: Line, isConstraint: boolean): void {
    const [, short, long, value = ''] =
      /^(?:-([rcif])\s*|--([a-z-]+)(?:[=\s]\s*|$))(.*)$/.exec(line.text) ?? [];
    const option =
      short === undefined
        ? long
        : { r: 'requirement', c: 'constraint', i: 'index-url', f: 'find-links' }[short];
    if (option === 'requirement' || option === 'constraint')
      this.#include(value, line, isConstraint || option === 'constraint');
    else if (option === 'index-url') this.#host = hostOf(value.trim()) ?? this.#host;
    else if (
      option === 'editable' ||
      (option === undefined && !line.text.startsWith('-')) ||
      /^-e\s/.test(line.text)
    ) {
      if (isConstraint) {
        const found = readRequirement(withoutOptions(line.text));
        if (found) this.#constraints.set(found.name, found);
        else this.#lock.problem('has a constraint that could not be read', line.line, line.path);
      } else this.#lines.push(line);
    }
  }

  #include(named: string, { path, line }: Line, isConstraint: boolean): void {
    const name = named.trim().replace(/^(["'])(.*)\1$/, '$2');
    if (/^[a-z]+:\/\//i.test(name) || name.includes('${')) {
      this.#lock.problem(`includes ${JSON.stringify(name.slice(0, 100))}, which is not followed`, line, path);
      return;
    }
    const target = joined(path, name);
    if (target !== undefined && this.#seen.has(`${isConstraint}:${target}`)) return;
    const text = target === undefined || this.#seen.size >= mostFiles ? undefined : this.#input.read(target);
    if (target === undefined || text === undefined)
      this.#lock.problem(
        `includes ${JSON.stringify(name.slice(0, 100))}, which could not be read`,
        line,
        path,
      );
    else this.#file(target, text, isConstraint);
  }

  #requirement({ text, path, line }: Line): void {
    const editable = /^(?:-e|--editable)[\s=]\s*(.*)$/.exec(text)?.[1];
    const bare = withoutOptions(editable ?? text);
    const integrity = hashesOf(text);
    const found = isLocation(bare) ? located(bare) : readRequirement(bare);
    if (found === undefined) {
      this.#lock.problem('has a line that could not be read', line, path);
      return;
    }
    const constraint = this.#constraints.get(found.name);
    const version = found.version ?? (found.source.kind === 'registry' ? constraint?.version : undefined);
    const range = version === undefined ? (found.range ?? constraint?.range) : undefined;
    const source =
      found.source.kind === 'registry' && this.#host !== undefined
        ? { ...found.source, host: this.#host }
        : found.source;
    const marker = found.marker;
    const id = [found.name, version ?? range ?? '', marker ?? ''].filter((one) => one !== '').join(' ');
    this.#lock.add(
      draftOf({
        ecosystem: 'PyPI',
        id,
        name: found.name,
        version,
        range,
        source,
        integrity,
        extras: found.extras,
        marker,
        isEditable: editable === undefined ? undefined : true,
        path,
        line,
      }),
    );
    // A file that pip-compile wrote says what needs a package, in comments: whether it is asked for is not known otherwise.
    this.#lock.roots.push({ to: id, kind: isDevelopment(this.#input.path) ? 'dev' : 'needed' });
  }
}

function isDevelopment(path: string): boolean {
  return /(?:^|[/._-])(?:dev|development|test|tests|testing|lint|docs?|typing|mypy)(?:[._-]|\/|$)/i.test(
    path,
  );
}

function isLocation(text: string): boolean {
  return /^(?:\.{0,2}\/|\.{1,2}(?:\[|$)|(?:git|hg|svn|bzr)\+|https?:|file:|[A-Za-z]:\\)|^[^\s@;<>=]+\.(?:whl|zip|tar\.gz)(?:\[|\s|$)|^[\w.-]+\//i.test(
    text,
  );
}

function located(text: string): Requirement {
  const [, where = text, marker] = /^(\S+)\s*;\s*(.+)$/.exec(text) ?? [];
  const bare = where.replace(/\[([^\]]*)\]$/, '');
  const extras =
    /\[([^\]]*)\](?:$|#)/.exec(where)?.[1] ?? /[#&]egg=[^[&]+\[([^\]]*)\]/.exec(where)?.[1] ?? '';
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/.exec(where)?.[1];
  const wheel = /([^/]+)-([^-/]+)(?:-\d[^-/]*)?-[^-/]+-[^-/]+-[^-/]+\.whl(?:#|$)/.exec(bare);
  const sdist = /([^/]+)-(\d[^-/]*?)\.(?:tar\.gz|zip)(?:#|$)/.exec(bare);
  const file = wheel ?? sdist;
  const folder = bare.split('#', 1)[0] ?? bare;
  return {
    name: egg === undefined && file?.[1] === undefined ? folder : pythonName(egg ?? file?.[1] ?? ''),
    extras: extras
      .split(',')
      .map(pythonName)
      .filter((one) => one !== ''),
    ...(file?.[2] === undefined ? {} : { version: decoded(file[2]) }),
    source: pythonLocation(bare),
    ...(marker === undefined ? {} : { marker }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutOptions(text: string): string {
  return text
    .replace(/^(?:-e|--editable)[\s=]\s*/, '')
    .replace(/\s+--(?:hash|global-option|config-settings?)[=\s].*$/, '')
    .trim();
}

function hashesOf(text: string): readonly Integrity[] {
  const own = [...text.matchAll(/--hash[=\s]\s*(\S+)/g)].flatMap(([, hash = '']) => colonIntegrity(hash));
  const inUrl = [...text.matchAll(/[#&](sha256|sha384|sha512|sha1|md5)=([0-9a-f]+)/g)];
  return [...own, ...inUrl.map(([, algorithm = '', value = '']) => ({ algorithm, value }))];
}

/** Lines with those that `\` continues joined, without comments. */
function logicalLines(text: string, path: string): readonly Line[] {
  const lines = text.split(/\r?\n/, mostLines + 2);
  const found: Line[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    const parts = [lines[at] ?? ''];
    while (parts.at(-1)?.endsWith('\\') && at + 1 < lines.length) {
      const last = parts.pop() ?? '';
      parts.push(last.slice(0, -1), lines[++at] ?? '');
    }
    const bare = parts
      .join(' ')
      .replace(/(^|\s)#.*$/, '')
      .trim();
    if (bare !== '') found.push({ text: bare, path, line });
  }
  return found;
}

/** A path relative to a file, or undefined if it leads out of the project. */
function joined(from: string, to: string): string | undefined {
  const parts = from.split('/').slice(0, -1);
  if (to.startsWith('/')) return undefined;
  for (const part of to.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
