import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../finding/finding.ts';
import type { Notice } from '../../finding/report.ts';
import { isInside } from '../project/read-inside.ts';
import { secretMask } from '../report/mask/secret-mask.ts';
import { ScanMistake } from '../scan-mistake.ts';
import { clientFiles } from './client-files.ts';
import { cookieReaders } from './cookie-readers.ts';
import { type FixOptions, fixFindings } from './fix-findings.ts';
import type { LeftFinding } from './propose-fixes.ts';
import { unifiedDiff } from './unified-diff.ts';

/** `write`: the files are changed. `show`: the changes are only shown. */
export type FixMode = 'write' | 'show';

export interface FixRun extends FixOptions {
  /** The absolute path of the project. All other paths are relative to it. */
  readonly root: string;
  readonly mode: FixMode;
}

/** The outcome of a run of the fixers. */
export interface Fixing {
  /** In the format of `git apply`. */
  readonly diff: string;
  readonly notices: readonly Notice[];
}

/**
 * Applies fixes to the files of a project as `fixFindings` does, and returns the diff. In the mode `write`, writes all
 * changed files or none.
 * @throws {ScanMistake} if a file has changed since it was scanned, or cannot be written
 */
export async function runFixes({ root, mode, ...options }: FixRun): Promise<Fixing> {
  const { changed, fixed, left } = await fixFindings({
    ...options,
    isCookieRead: cookieReaders(() => clientFiles(root)),
  });
  const texts = [...changed].map(([path, after]) => ({ path, before: options.sources(path) ?? '', after }));
  if (mode === 'write') writeAll(root, texts);
  const would = mode === 'write' ? '' : 'would be ';
  const findings = fixed.length === 1 ? 'finding' : 'findings';
  const files = changed.size === 1 ? 'file' : 'files';
  const message = `${fixed.length} ${findings} ${would}fixed in ${changed.size} ${files}, ${left.length} left.`;
  const { diff, isMasked } = shownDiff(texts, options.findings);
  return {
    diff,
    notices: [
      { code: 'scan/fix', level: 'note', message },
      ...(isMasked ? [maskedDiff] : []),
      ...left.slice(0, mostNamed).map(notFixed),
      ...(left.length > mostNamed ? [{ ...moreLeft, message: `${left.length - mostNamed} more.` }] : []),
    ],
  };
}

/** The maximum number of remaining findings that are explained. */
const mostNamed = 200;

function notFixed({ finding, reason }: LeftFinding): Notice {
  const { rule, place } = finding;
  return { code: 'scan/not-fixed', level: 'note', message: `${rule}: ${reason}`, place };
}

const moreLeft = { code: 'scan/not-fixed', level: 'note' } as const;

interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** The diff without secrets, as it ends up in logs. */
function shownDiff(
  changes: readonly Change[],
  findings: readonly Finding[],
): { readonly diff: string; readonly isMasked: boolean } {
  const before = new Map(changes.map((change) => [change.path, change.before]));
  const { sources, mask } = secretMask((path) => before.get(path), findings);
  let isMasked = false;
  const diffs = changes.map(({ path, ...texts }) => {
    const shown = unifiedDiff(path, sources(path) ?? '', mask(path, texts.after));
    isMasked ||= shown !== unifiedDiff(path, texts.before, texts.after);
    return shown;
  });
  return { diff: diffs.join(''), isMasked };
}

const maskedDiff: Notice = {
  code: 'scan/fix',
  level: 'note',
  message:
    'Secrets in the diff are masked, so git cannot apply all of it. --fix changes the files themselves.',
};

function writeAll(root: string, changes: readonly Change[]): void {
  const written: { readonly file: string; readonly bytes: Buffer }[] = [];
  try {
    const files = changes.map((change) => ({ ...change, ...readAgain(root, change) }));
    for (const { file, bytes, mark, after } of files) {
      written.push({ file, bytes });
      writeFileSync(file, mark + after);
    }
  } catch (error) {
    for (const { file, bytes } of written) writeFileSync(file, bytes);
    const said = error instanceof Error ? error.message : String(error);
    throw new ScanMistake(
      'scan/fix',
      `The fixes could not be written: ${said}.`,
      'Applying only some of them could break the program.',
      'No file was changed. Make the files writable, wait until nothing else writes to them, and run it again.',
    );
  }
}

/** Reads a file again. It must be unchanged since the scan, below the root, and a text that is written back byte for byte. */
function readAgain(root: string, { path, before }: Change): { file: string; bytes: Buffer; mark: string } {
  const file = realpathSync(join(root, path));
  if (!isInside(realpathSync(root), file)) throw new Error(`${path} leads out of the folder`);
  const bytes = readFileSync(file);
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) throw new Error(`${path} is not UTF-8`);
  const mark = text.startsWith('\ufeff') && !before.startsWith('\ufeff') ? '\ufeff' : '';
  if (text !== mark + before) throw new Error(`${path} has changed since it was scanned`);
  return { file, bytes, mark };
}
