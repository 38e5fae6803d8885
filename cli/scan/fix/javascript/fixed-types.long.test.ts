import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixProject } from '../testing/fix-case.ts';
import { readFixCases } from '../testing/fix-cases.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const cases = readFixCases(new URL('./fixed-types.fixes', import.meta.url));
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  exactOptionalPropertyTypes: true,
  allowImportingTsExtensions: true,
  types: ['node'],
  paths: { 'bulwark/*': [`${root}lib/*/index.ts`] },
};

/** What the compiler says of texts, as if they stood in this repository. */
function problemsOf(texts: ReadonlyMap<string, string>): string[] {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name);
    return text === undefined
      ? getSourceFile.call(host, name, ...rest)
      : ts.createSourceFile(name, text, ts.ScriptTarget.ES2023);
  };
  host.fileExists = (name) => texts.has(name) || fileExists.call(host, name);
  host.readFile = (name) => texts.get(name) ?? readFile.call(host, name);
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].flatMap((name) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(name))
      .map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
  );
}

describe('what is fixed in TypeScript', () => {
  const texts = new Map<string, string>();

  beforeAll(async () => {
    for (const [i, { before }] of cases.entries()) {
      const { changed } = await fixProject({
        'app.ts': `${before}\n`,
        'package.json': '{ "dependencies": { "bulwark": "0.1.0" } }',
      });
      texts.set(`${root}cli/before-${i}.ts`, before);
      texts.set(`${root}cli/after-${i}.ts`, changed.get('app.ts')?.trimEnd() ?? '');
    }
  });

  it('is what the cases say', () => {
    expect(cases.map((_, i) => texts.get(`${root}cli/after-${i}.ts`))).toEqual(
      cases.map(({ after }) => after),
    );
  });

  it('has the types that it had', () => {
    const wrong = `${root}cli/wrong.ts`;
    const problems = problemsOf(new Map([...texts, [wrong, 'export const a: string = 1;']]));
    expect(problems).toEqual([expect.stringContaining(wrong)]);
  });
});
