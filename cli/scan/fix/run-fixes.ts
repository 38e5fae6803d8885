import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '../../finding/report.ts';
import { ScanMistake } from '../scan-mistake.ts';
import { type FixOptions, fixFindings } from './fix-findings.ts';
import { unifiedDiff } from './unified-diff.ts';

/** `write`: the files are changed; `show`: what would be changed is told alone. */
export type FixMode = 'write' | 'show';

export interface FixRun extends FixOptions {
  /** Absolute: what paths are relative to. */
  readonly root: string;
  readonly mode: FixMode;
}

export interface Fixing {
  /** As `git apply` reads it. */
  readonly diff: string;
  readonly notices: readonly Notice[];
}

/**
 * Fixes what is certain, and writes the files, all or none.
 *
 * @throws {ScanMistake} where a file has changed since it was scanned, or cannot be written
 */
export async function runFixes({ root, mode, ...options }: FixRun): Promise<Fixing> {
  const { changed, fixed, left } = await fixFindings(options);
  const texts = [...changed].map(([path, after]) => ({ path, before: options.sources(path) ?? '', after }));
  if (mode === 'write') writeAll(root, texts);
  const would = mode === 'write' ? '' : 'would be ';
  const message = `${fixed.length} fixed in ${changed.size} ${changed.size === 1 ? 'file' : 'files'}, ${left.length} ${would}left.`;
  const reasons = new Map<string, number>();
  for (const { reason } of left) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return {
    diff: texts.map(({ path, before, after }) => unifiedDiff(path, before, after)).join(''),
    notices: [
      { code: 'scan/fix', level: 'note', message },
      ...[...reasons].map(
        ([reason, count]): Notice => ({
          code: 'scan/not-fixed',
          level: 'note',
          message: `${count}: ${reason}`,
        }),
      ),
    ],
  };
}

interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

function writeAll(root: string, changes: readonly Change[]): void {
  const written: Change[] = [];
  try {
    for (const { path, before } of changes) {
      if (withoutMark(readFileSync(join(root, path), 'utf8')) !== withoutMark(before))
        throw new Error(`${path} has changed since it was scanned`);
    }
    for (const change of changes) {
      written.push(change);
      writeFileSync(join(root, change.path), change.after);
    }
  } catch (error) {
    for (const { path, before } of written) writeFileSync(join(root, path), before);
    const said = error instanceof Error ? error.message : String(error);
    throw new ScanMistake(
      'scan/fix',
      `The fixes cannot be written: ${said}.`,
      'Some of them alone could break what works.',
      'Nothing was changed. Make the files writable, let others end what they write, and run it again.',
    );
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, '');
}
