import type { Language, ReadModule } from '../language.ts';
import { javascriptFacts } from './facts.ts';
import { findScripts } from './find-scripts.ts';
import { publicScripts } from './public-scripts.ts';
import { npmPackageOf, scriptSpecifiers } from './specifiers.ts';

/** The language JavaScript, with TypeScript and JSX. */
export const javascript: Language = {
  ...javascriptFacts,
  id: 'javascript',
  host: 'javascript',
  extensions: ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'],
  fileKinds: [
    [/[.-]min\.[cm]?js$|\.bundle\.js$/i, 'minified'],
    [/[._]pb\.[jt]s$/, 'generated'],
    [/\.(?:test|spec|cy|tst|test-d)\.[cm]?[jt]sx?$/, 'tests'],
  ],
  open: async (): Promise<ReadModule> => (await import('./parse/read-javascript.ts')).readJavascript,
  commentsAt: () => [
    ['// ', ''],
    ['{/* ', ' */}'],
  ],
  specifiersIn: scriptSpecifiers,
  findModules: findScripts,
  publicModules: publicScripts,
  packageOf: npmPackageOf,
};
