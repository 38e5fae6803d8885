import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { ScanMistake } from '../scan-mistake.ts';

/**
 * Writes a file atomically, because a truncated report would lack findings.
 * @throws {ScanMistake} if it cannot be written
 */
export function writeOutput(file: string, text: string): void {
  // The name is unguessable and must not exist: a symbolic link under a known name would be followed.
  const part = `${file}.${randomUUID()}.part`;
  try {
    writeFileSync(part, text, { flag: 'wx' });
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw new ScanMistake(
      'scan/output',
      `${JSON.stringify(file)} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
      'The report would be lost.',
      'Name a file in an existing, writable folder.',
    );
  }
}
