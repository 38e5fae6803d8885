import type { Module } from './ir/ir.ts';
import { readJavascript } from './javascript/read-javascript.ts';
import type { SourceFile } from './project/project.ts';
import { createPythonReader } from './python/python-reader.ts';
import { readTemplate } from './template/read-template.ts';

/** Reads a file; a page or a component has modules of its own in it (its scripts). */
export type ModuleReader = (file: SourceFile) => readonly Module[];

/** What was read for the last scan of this process, by path: watching and `--diff` scan mostly the same again. */
let last: ReadonlyMap<string, { readonly text: string; readonly modules: readonly Module[] }> = new Map();

/** The parser of Python is loaded only where there is Python. What has not changed is not read again. */
export async function createModuleReader(files: readonly SourceFile[]): Promise<ModuleReader> {
  const python = files.some((file) => file.language === 'python') ? await createPythonReader() : undefined;
  const before = last;
  const now = new Map<string, { readonly text: string; readonly modules: readonly Module[] }>();
  last = now;
  const read: ModuleReader = ({ path, language, text }) => {
    switch (language) {
      case 'python':
        return python ? [python(path, text)] : [];
      case 'javascript':
        return [readJavascript(path, text)];
      case 'template':
        return [readTemplate(path, text)];
    }
  };
  return (file) => {
    const known = before.get(file.path);
    const modules = known?.text === file.text ? known.modules : read(file);
    now.set(file.path, { text: file.text, modules });
    return modules;
  };
}
