import type { Module } from './ir/ir.ts';
import { readJavascript } from './languages/javascript/parse/read-javascript.ts';
import { createPythonReader } from './languages/python/parse/python-reader.ts';
import { readTemplate } from './languages/template/read-template.ts';
import type { SourceFile } from './project/project.ts';

/** Reads a file; a page or a component has modules of its own in it (its scripts). */
export type ModuleReader = (file: SourceFile) => readonly Module[];

/** The parser of Python is loaded only where there is Python. */
export async function createModuleReader(files: readonly SourceFile[]): Promise<ModuleReader> {
  const python = files.some((file) => file.language === 'python') ? await createPythonReader() : undefined;
  return ({ path, language, text }) => {
    switch (language) {
      case 'python':
        return python ? [python(path, text)] : [];
      case 'javascript':
        return [readJavascript(path, text)];
      case 'template':
        return [readTemplate(path, text)];
    }
  };
}
