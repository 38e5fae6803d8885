import { join } from 'node:path';
import ts from 'typescript';
import type { App } from './apps/app.ts';
import type { Project } from './project.ts';

export type Form = 'import' | 'require';

/** Compiles the sources as `tsc` does, and returns the path of the program. */
export function compileApp(project: Project, app: App, form: Form): string {
  project.write(`${form}/package.json`, JSON.stringify({ type: form === 'import' ? 'module' : 'commonjs' }));
  const jsx = app.compiler?.jsxImportSource;
  for (const [file, source] of Object.entries(app.files)) {
    const { outputText } = ts.transpileModule(source, {
      fileName: file,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: form === 'import' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
        esModuleInterop: true,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        ...(jsx ? { jsx: ts.JsxEmit.ReactJSX, jsxImportSource: jsx } : {}),
      },
    });
    project.write(`${form}/${file.replace(/\.tsx?$/, '.js')}`, outputText);
  }
  return join(project.folder, form, 'main.js');
}

/** Writes the sources of an application, and returns their names. */
export function writeSources(project: Project, app: App): readonly string[] {
  for (const [file, source] of Object.entries(app.files)) project.write(file, source);
  return Object.keys(app.files);
}

export function writeMistake(project: Project, app: App): string {
  const file = app.compiler?.jsxImportSource ? 'mistake.tsx' : 'mistake.ts';
  project.write(file, app.mistake);
  return file;
}
