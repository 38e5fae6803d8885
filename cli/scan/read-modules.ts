import type { Module } from './ir/ir.ts';
import { readJavascript } from './javascript/read-javascript.ts';
import type { SourceFile } from './project/project.ts';
import { createPythonReader } from './python/python-reader.ts';
import { readTemplate } from './template/read-template.ts';

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

/** What was read, by path: what has not changed need not be read again. */
export class ModuleMemory {
  readonly #known = new Map<string, { readonly text: string; readonly modules: readonly Module[] }>();

  /** A reader that reads with another one, and remembers. */
  reader(read: ModuleReader): ModuleReader {
    return (file) => {
      const known = this.#known.get(file.path);
      if (known?.text === file.text) return known.modules;
      const modules = read(file);
      this.#known.set(file.path, { text: file.text, modules });
      return modules;
    };
  }

  /** Forgets all files but these. */
  keep(files: readonly SourceFile[]): void {
    const paths = new Set(files.map(({ path }) => path));
    for (const path of this.#known.keys()) if (!paths.has(path)) this.#known.delete(path);
  }
}
