import type { Module } from './ir/ir.ts';
import type { ReadModule } from './languages/language.ts';
import type { LanguageId } from './languages/language-id.ts';
import { languages } from './languages/registry.ts';
import type { SourceFile } from './project/project.ts';

/** Parses a file and lowers it to the intermediate representation. Returns no module for a language that was not loaded. */
export type ModuleReader = (file: SourceFile) => readonly Module[];

/** Loads the parsers for the languages of these files. */
export async function createModuleReader(files: readonly SourceFile[]): Promise<ModuleReader> {
  const readers = new Map<LanguageId, ReadModule>();
  for (const { language } of files)
    if (!readers.has(language)) readers.set(language, await languages[language].open());
  return ({ path, language, text }) => {
    const read = readers.get(language);
    return read ? [read(path, text)] : [];
  };
}
