import { languageOf } from '../languages/registry.ts';
import type { SourceFile } from '../project/project.ts';

/** What a file names as imported, as written. Its text is searched, not parsed: it may name more than the code imports. */
export function specifiersIn(file: SourceFile): ReadonlySet<string> {
  return languageOf(file).specifiersIn(file.text);
}
