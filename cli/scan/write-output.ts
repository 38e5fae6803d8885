import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { ScanMistake } from './scan-mistake.ts';

/**
 * Writes a file whole or not at all: a report that is cut would lack findings.
 *
 * @throws {ScanMistake} where it cannot be written
 */
export function writeOutput(file: string, text: string): void {
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw new ScanMistake(
      'scan/output',
      `${JSON.stringify(file)} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
      'The report would be lost.',
      'Name a file in a folder that is there and can be written to.',
    );
  }
}
