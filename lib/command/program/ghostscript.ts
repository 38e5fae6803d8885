import { isAbsolute, normalize } from 'node:path';
import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { ProgramRules } from './program-rules.ts';
import { rulesFromTable } from './rules-from-table.ts';
import { never, path, wholeNumber } from './value-kind.ts';

export interface GhostscriptOptions {
  /**
   * Where Ghostscript keeps temporary files, which it needs to write PDF. A document may read, change and delete everything in it: give it an
   * empty directory that nothing else uses.
   */
  readonly allowTemporaryFolder?: string;
}

/**
 * The rules for Ghostscript 9.50 or later, where -dSAFER is the default and can't be undone. Even so, a document may read, write and delete
 * everything in the directory for temporary files, usually /tmp. So there is none by default.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function ghostscript(options: GhostscriptOptions = {}): ProgramRules {
  const { allowTemporaryFolder: folder = '/nonexistent' } = knownOptions(options, ['allowTemporaryFolder']);
  if (typeof folder !== 'string' || !isAbsolute(folder) || normalize(folder) !== folder) {
    throw new Misuse('bulwark/invalid-option', '`allowTemporaryFolder` is an absolute path.');
  }
  return rulesFromTable({
    name: 'gs',
    fixedArgs: ['-dSAFER', '-dBATCH', '-dNOPAUSE', '-q'],
    env: { GS_OPTIONS: '', GS_LIB: '', TMPDIR: folder, TEMP: folder },
    options: {
      '-sOutputFile': path,
      '-o': path,
      '-dFirstPage': wholeNumber,
      '-dLastPage': wholeNumber,
      '-r': never,
      '-c': never,
    },
    flagPattern: /^-(?:d[A-Z]\w*(?:=[\w.]+)?|sDEVICE=\w+|r\d+)$/,
    operands: [path],
    pathPattern: {
      allowed: /^[^%|*?]*$/,
      reason: 'its name has a character with a special meaning to Ghostscript',
    },
    forbiddenWords: [
      { option: '-c', because: 'runs its value as PostScript, Use.htm' },
      { option: '-I', because: 'adds a directory to search for programs, Use.htm' },
    ],
    forbidden: [
      { option: '-dNOSAFER', because: 'lets a document run programs and read files, Use.htm' },
      { option: '-dDELAYSAFER', because: 'lets a document run programs and read files, Use.htm' },
      { option: '-DNOSAFER', because: 'lets a document run programs and read files, Use.htm' },
      { option: '-DDELAYSAFER', because: 'lets a document run programs and read files, Use.htm' },
      { option: '--permit-file-read', because: 'lets a document read more files, Use.htm' },
      { option: '--permit-file-write', because: 'lets a document write files, Use.htm' },
      { option: '--permit-file-all', because: 'lets a document change files, Use.htm' },
      { option: '--permit-devices', because: 'lets a document choose the device, Use.htm' },
    ],
  });
}
