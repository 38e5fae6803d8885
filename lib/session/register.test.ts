import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

it('brings bulwark/session with it, without which an application could not augment it', () => {
  const here: string = import.meta.dirname;
  const options = { noLib: true, types: [], allowImportingTsExtensions: true, noEmit: true };
  const program = ts.createProgram([join(here, 'register.ts')], {
    ...options,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  });
  expect(program.getSourceFile(join(here, 'index.ts'))).toBeDefined();
});
