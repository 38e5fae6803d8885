import type { Module } from './ir/ir.ts';
import type { ReadModule } from './languages/language.ts';
import type { LanguageId } from './languages/language-id.ts';
import { languages } from './languages/registry.ts';
import type { SourceFile } from './project/project.ts';

/** Reads a file; a page or a component has modules of its own in it (its scripts). */
export type ModuleReader = (file: SourceFile) => readonly Module[];

/** A parser is loaded only where there are files of its language. */
export async function createModuleReader(files: readonly SourceFile[]): Promise<ModuleReader> {
  const readers = new Map<LanguageId, ReadModule>();
  for (const { language } of files)
    if (!readers.has(language)) readers.set(language, await languages[language].open());
  return ({ path, language, text }) => {
    const read = readers.get(language);
    return read ? [read(path, text)] : [];
  };
}
