import { dirname } from 'node:path';
import { isSafePath } from '../path/safe-path.ts';
import type { Piece } from './command-value.ts';
import type { ProgramRules } from './program/program-rules.ts';

/**
 * Keeps a program from searching above the root of the directory that it starts in. If an untrusted name leads to a directory that is not a
 * repository, git takes the next one above, which may be the application's own.
 */
export function ceilingVariable(
  { ceiling }: ProgramRules,
  pieces: readonly Piece[],
  cwd: unknown,
): Readonly<Record<string, string>> {
  if (ceiling === undefined) return {};
  const starts = pieces.map(({ prefix, value }, index) => {
    const before = pieces[index - 1];
    return prefix === '' && before?.value === undefined && before?.prefix === ceiling.option
      ? value
      : undefined;
  });
  // The root itself is the programmer's choice, and may lie in a repository.
  const untrusted = [cwd, ...starts].filter(isSafePath).filter(({ relative }) => relative !== '');
  const roots = untrusted.map(({ root }) => dirname(root));
  return roots.length === 0 ? {} : { [ceiling.variable]: roots.join(':') };
}
