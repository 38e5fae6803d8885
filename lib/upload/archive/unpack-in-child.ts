import { rmSync } from 'node:fs';
import { answerParent } from '../../internal/process/answer-parent.ts';
import type { Denied } from '../../refusal/decision.ts';
import { type ArchiveCode, ArchiveError } from './archive-error.ts';
import { type Extraction, extract } from './extract.ts';
import type { WrittenFile } from './folder-writer.ts';

/** What the process that unpacks answers. */
export type UnpackAnswer =
  | { readonly files: readonly WrittenFile[] }
  | { readonly denied: Denied<ArchiveCode> };

void answerParent(async (input): Promise<UnpackAnswer> => {
  // The folder to write into is where this process works: no name of it can be led elsewhere.
  watchParent();
  try {
    return { files: await extract(input as Extraction, '.') };
  } catch (error) {
    if (error instanceof ArchiveError) return { denied: error.denied };
    throw error;
  }
});

/** The parent removes the folder after a failure. If it was killed, nobody else does. */
function watchParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid === parent) return;
    rmSync(process.cwd(), { recursive: true, force: true });
    process.exit(1);
  }, 100).unref();
}
