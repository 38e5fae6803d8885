/** A small project, and what a check has to say of it. */
export interface CheckCase {
  readonly title: string;
  /** The worst verdict of the outcomes; `none` where the project has nothing that the check speaks of. */
  readonly expected: 'pass' | 'fail' | 'unknown' | 'none';
  readonly files: Readonly<Record<string, string>>;
  /** The line of its heading, from 1 on. */
  readonly line: number;
}

export interface CheckCases {
  readonly cases: readonly CheckCase[];
  /** Verdicts that the check never gives, with the reason: `never pass: a file can be there that nobody follows`. */
  readonly never: ReadonlyMap<string, string>;
}

/**
 * Reads a `check.cases`. `=== fail: title` begins a case, `--- path` a file of it; a line of a file that begins in one of these ways is
 * written with `\` in front. Before the first case there may be lines `never pass: reason`, and lines that begin with `#`.
 *
 * @throws {Error} for what is none, with its line
 */
export function readCheckCases(text: string): CheckCases {
  const cases: OpenCase[] = [];
  const never = new Map<string, string>();
  for (const [index, line] of text.split('\n').entries()) {
    const wrong = (what: string): Error => new Error(`line ${index + 1}: ${what}: ${line}`);
    const last = cases.at(-1);
    const path = /^--- (\S.*?)\s*$/.exec(line)?.[1];
    if (line.startsWith('=== ')) {
      const [, expected, title = ''] = /^=== (pass|fail|unknown|none): (.+?)\s*$/.exec(line) ?? [];
      if (expected === undefined) throw wrong('not the heading of a case');
      cases.push({ title, expected: expected as CheckCase['expected'], files: new Map(), line: index + 1 });
    } else if (last === undefined) {
      const [, verdict, reason] = /^never (pass|fail|unknown): (\S.*)$/.exec(line) ?? [];
      if (verdict !== undefined && reason !== undefined) never.set(verdict, reason);
      else if (line.trim() !== '' && !line.startsWith('#')) throw wrong('text before the first case');
    } else if (path !== undefined) {
      if (/^\/|(?:^|\/)\.\.?(?:\/|$)|\\/.test(path)) throw wrong('not the path of a file in the project');
      if (last.files.has(path)) throw wrong('the same file twice');
      last.files.set(path, []);
    } else {
      const lines = [...last.files.values()].at(-1);
      if (lines) lines.push(line.replace(/^\\(?=--- |=== )/, ''));
      else if (line.trim() !== '') throw wrong('text before the first file of a case');
    }
  }
  return { never, cases: cases.map(closed) };
}

interface OpenCase extends Omit<CheckCase, 'files'> {
  readonly files: Map<string, string[]>;
}

function closed({ files, ...rest }: OpenCase): CheckCase {
  const texts = [...files].map(([path, lines]) => [path, `${lines.join('\n').trimEnd()}\n`] as const);
  return { ...rest, files: Object.fromEntries(texts) };
}
