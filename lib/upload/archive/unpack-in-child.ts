import { rmSync } from 'node:fs';
import { answerParent } from '../../internal/process/answer-parent.ts';
import type { Denied } from '../../refusal/decision.ts';
import { watchParent } from '../watch-parent.ts';
import { type ArchiveCode, ArchiveError } from './archive-error.ts';
import { type Extraction, extract } from './extract.ts';
import type { WrittenFile } from './folder-writer.ts';

/** What the process that unpacks answers. */
export type UnpackAnswer =
  | { readonly files: readonly WrittenFile[] }
  | { readonly denied: Denied<ArchiveCode> };

/** The parent removes the folder after a failure. If it was killed, nobody else does. */
const look = watchParent(() => rmSync(process.cwd(), { recursive: true, force: true }));

void answerParent(async (input): Promise<UnpackAnswer> => {
  try {
    // The folder to write into is where this process works: no name of it can be led elsewhere.
    const files = await extract(input as Extraction, '.');
    look();
    return { files };
  } catch (error) {
    if (error instanceof ArchiveError) return { denied: error.denied };
    throw error;
  }
});
