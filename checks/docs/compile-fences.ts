import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../repository.ts';
import type { Fence } from './fences.ts';

/**
 * Type-checks each fence as a module of its own, against the sources, as a reader would who pasted it into a project.
 *
 * @returns one line for each error: `docs/guards/fetch.md:12: Cannot find name 'x'.`
 */
export function compileFences(fences: readonly Fence[]): string[] {
  // They lie in a folder that does not exist, where the packages resolve that users of the library have beside it.
  const named = new Map(fences.map((fence, index) => [join(root, 'lib', 'fences', `${index}.ts`), fence]));
  const options = optionsOfRepository();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => named.has(file) || fileExists(file);
  host.readFile = (file) => named.get(file)?.code ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const fence = named.get(file);
    return fence
      ? ts.createSourceFile(file, fence.code, languageVersion)
      : getSourceFile.call(host, file, languageVersion, ...rest);
  };
  const program = ts.createProgram([...named.keys()], options, host);
  return [...named].flatMap(([file, fence]) => {
    const source = program.getSourceFile(file);
    if (!source) return [`${fence.file}:${fence.line}: was not compiled.`];
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ start = 0, messageText }) => {
      const line = source.getLineAndCharacterOfPosition(start).line + fence.line;
      return `${fence.file}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}

function optionsOfRepository(): ts.CompilerOptions {
  const read = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...read.config, include: [], files: ['x.ts'] },
    ts.sys,
    root,
  );
  return {
    ...options,
    // An example is no library: what it exports needs no annotation.
    declaration: false,
    isolatedDeclarations: false,
    moduleDetection: ts.ModuleDetectionKind.Force,
  };
}
