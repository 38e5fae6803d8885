import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../repository.ts';
import { prelude } from './prelude.ts';

/** A program that must not compile, and its neighbour that does. */
export interface Case {
  readonly name: string;
  /** The compiler points at what stands behind the mark. */
  readonly program: string;
  /** What it says first. */
  readonly message: string;
  readonly twin: string;
}

export const mark = '/*here*/';

/** What the compiler says of a program: the first sentence of each error, and the text behind each place. */
export interface Said {
  readonly message: string;
  readonly start: number;
}

/** Type-checks each program as a module of its own against the sources, all of them at once. */
export function compilePrograms(programs: readonly string[]): readonly (readonly Said[])[] {
  // They lie in a folder that does not exist, so that packages resolve as they do for the repository.
  const files = new Map(
    programs.map((code, i) => [join(root, 'checks/programs', `${i}.ts`), prelude + code]),
  );
  const options = optionsOfRepository();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const code = files.get(file);
    return code === undefined
      ? getSourceFile.call(host, file, languageVersion, ...rest)
      : ts.createSourceFile(file, code, languageVersion);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((file) => {
    const source = program.getSourceFile(file);
    if (!source) throw new Error(`${file} was not compiled.`);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ start = 0, messageText }) => ({
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      start: start - prelude.length,
    }));
  });
}

function optionsOfRepository(): ts.CompilerOptions {
  const read = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const config = { ...read.config, include: [], files: ['x.ts'] };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return {
    ...options,
    declaration: false,
    isolatedDeclarations: false,
    moduleDetection: ts.ModuleDetectionKind.Force,
  };
}
