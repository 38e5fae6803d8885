import { readFileSync } from 'node:fs';
import { ScanMistake } from '../scan-mistake.ts';
import { type Baseline, readBaseline, writeBaseline } from './baseline.ts';
import { writeOutput } from './write-output.ts';

export const defaultBaseline = 'bulwark-baseline.json';

/**
 * Loads a baseline from a file. With `isNew`, returns an empty baseline if the file does not exist, because the caller is
 * about to create it.
 * @throws {ScanMistake} if the file can't be read, is invalid, or does not exist and `isNew` is false
 */
export function loadBaseline(file: string, isNew: boolean): Baseline {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing && isNew) return { known: [] };
    throw new ScanMistake(
      'scan/baseline',
      `The baseline ${JSON.stringify(file)} ${isMissing ? 'does not exist' : 'cannot be read'}.`,
      'Without it, every known finding would be reported as new.',
      'Create it with --update-baseline, or name another file with --baseline.',
    );
  }
  return readBaseline(text, file);
}

export function saveBaseline(file: string, baseline: Baseline): void {
  writeOutput(file, writeBaseline(baseline));
}
