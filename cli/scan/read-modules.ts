import type { Module } from './ir/ir.ts';
import type { ReadModule } from './languages/language.ts';
import type { LanguageId } from './languages/language-id.ts';
import { languages } from './languages/registry.ts';
import type { SourceFile } from './project/project.ts';

/** Parses and lowers a file. A page or a component has a module for each of its scripts. */
export type ModuleReader = (file: SourceFile) => readonly Module[];

/** Loads the parsers of the languages that the files have. */
export async function createModuleReader(files: readonly SourceFile[]): Promise<ModuleReader> {
  const readers = new Map<LanguageId, ReadModule>();
  for (const { language } of files)
    if (!readers.has(language)) readers.set(language, await languages[language].open());
  return ({ path, language, text }) => {
    const read = readers.get(language);
    return read ? [read(path, text)] : [];
  };
}
