import { rmSync } from 'node:fs';
import { answerParent } from '../../internal/process/answer-parent.ts';
import type { Denied } from '../../refusal/decision.ts';
import { watchParent } from '../watch-parent.ts';
import { type ArchiveCode, ArchiveError } from './archive-error.ts';
import { type Extraction, extract } from './extract.ts';
import type { WrittenFile } from './folder-writer.ts';

/** The answer of the unpacking process. */
export type UnpackAnswer =
  | { readonly files: readonly WrittenFile[] }
  | { readonly denied: Denied<ArchiveCode> };

/** The parent removes the directory after a failure. If it was killed, nobody else would. */
const look = watchParent(() => rmSync(process.cwd(), { recursive: true, force: true }));

void answerParent(async (input): Promise<UnpackAnswer> => {
  try {
    // This process works in the directory that it writes to, so no path can be redirected elsewhere.
    const files = await extract(input as Extraction, '.');
    look();
    return { files };
  } catch (error) {
    if (error instanceof ArchiveError) return { denied: error.denied };
    throw error;
  }
});
