import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type typescript from 'typescript';
import { outcome } from '../outcome.ts';
import type { CompilerChoice } from './apps/app.ts';

export type Resolution = 'nodenext' | 'bundler';

/**
 * The errors that a compiler finds in the project's files and in our declarations, such as `main.ts TS2345: ...`. Errors in
 * other packages are ignored. `compilers` is the folder where `typescript-<version>` is installed.
 */
export async function typeErrors(
  folder: string,
  files: readonly string[],
  compilers: string,
  version: string,
  resolution: Resolution,
  choice: CompilerChoice = {},
): Promise<readonly string[]> {
  const errors = isNative(version) ? bySpawning : byCalling;
  return errors(folder, files, join(compilers, 'node_modules', `typescript-${version}`), resolution, choice);
}

/** Since version 7, the compiler is a program without an API. */
function isNative(version: string): boolean {
  return Number(version.split('.')[0]) >= 7;
}

/** The API checks only the files that it is asked about. `tsc` checks the declarations of Node too. */
async function byCalling(
  folder: string,
  files: readonly string[],
  compiler: string,
  resolution: Resolution,
  choice: CompilerChoice,
): Promise<readonly string[]> {
  const ts = createRequire(import.meta.url)(compiler) as typeof typescript;
  const bundler = resolution === 'bundler';
  const options: typescript.CompilerOptions = {
    noEmit: true,
    strict: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', ...(choice.dom ? ['lib.dom.d.ts', 'lib.dom.iterable.d.ts'] : [])],
    types: ['node'],
    module: bundler ? ts.ModuleKind.ESNext : ts.ModuleKind.NodeNext,
    moduleResolution: bundler ? ts.ModuleResolutionKind.Bundler : ts.ModuleResolutionKind.NodeNext,
    esModuleInterop: true,
    experimentalDecorators: choice.decorators === true,
    emitDecoratorMetadata: choice.decorators === true,
    ...(choice.jsxImportSource ? { jsx: ts.JsxEmit.ReactJSX, jsxImportSource: choice.jsxImportSource } : {}),
  };
  const host = { ...ts.createCompilerHost(options), getCurrentDirectory: () => folder };
  const program = ts.createProgram(
    files.map((file) => join(folder, file)),
    options,
    host,
  );
  const nameOf = (file: typescript.SourceFile): string => relative(folder, file.fileName);
  const checked = program.getSourceFiles().filter((file) => isOurs(nameOf(file), files));
  const found = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...checked.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]),
  ];
  return found.map(({ file, code, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, ' ');
    return `${file ? nameOf(file) : 'the options'} TS${code}: ${text}`;
  });
}

async function bySpawning(
  folder: string,
  files: readonly string[],
  compiler: string,
  resolution: Resolution,
  choice: CompilerChoice,
): Promise<readonly string[]> {
  const module = resolution === 'bundler' ? 'esnext' : 'nodenext';
  const lib = choice.dom ? 'es2022,dom,dom.iterable' : 'es2022';
  const decorators = ['--experimentalDecorators', '--emitDecoratorMetadata'];
  const from = choice.jsxImportSource;
  const jsx = from ? ['--jsx', 'react-jsx', '--jsxImportSource', from] : [];
  const { code, output } = await outcome(folder, process.execPath, [
    join(compiler, 'bin/tsc'),
    ...['--noEmit', '--strict', '--pretty', 'false', '--target', 'es2022', '--lib', lib],
    ...['--types', 'node', '--module', module, '--moduleResolution', resolution, '--skipDefaultLibCheck'],
    ...['--esModuleInterop', 'true', ...(choice.decorators ? decorators : []), ...jsx],
    ...files,
  ]);
  // A compiler that did not run at all must not pass for one that found nothing.
  if (code !== 0 && !/error TS\d+/.test(output)) throw new Error(output);
  return output.split('\n').filter((line) => isOurs(line.replace(/\(.*/, ''), files));
}

function isOurs(file: string, files: readonly string[]): boolean {
  return files.includes(file) || file.startsWith('node_modules/bulwark/');
}
