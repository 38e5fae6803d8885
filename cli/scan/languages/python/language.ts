import type { Language, ReadModule } from '../language.ts';
import { pythonFacts } from './facts.ts';
import { findPythonModules } from './find-modules.ts';
import { publicPythonModules } from './public-modules.ts';
import { pythonPackageOf, pythonSpecifiers } from './specifiers.ts';

/** The language Python 3. */
export const python: Language = {
  ...pythonFacts,
  id: 'python',
  host: 'python',
  extensions: ['py'],
  fileKinds: [
    [/_pb2(?:_grpc)?\.py$/, 'generated'],
    [/^test_.*\.py$|_test\.py$|^conftest\.py$|^tests?\.py$/, 'tests'],
  ],
  open: async (): Promise<ReadModule> => (await import('./parse/python-reader.ts')).createPythonReader(),
  // After a backslash the line continues, and can hold no comment.
  commentsAt: (_, text, offset) => (/\\\r?\n$/.test(text.slice(0, offset)) ? [] : [['# ', '']]),
  specifiersIn: pythonSpecifiers,
  findModules: findPythonModules,
  publicModules: publicPythonModules,
  packageOf: pythonPackageOf,
};
