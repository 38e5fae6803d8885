import type { LanguageId } from '../languages/language-id.ts';
import { javascriptFixers } from './javascript/javascript-fixers.ts';
import { openPythonFixers } from './python/python-fixers.ts';
import type { SourceLanguage } from './source-language.ts';
import { templateFixers } from './template/template-fixers.ts';

/** The fixers of each language that has any. A language's parser is loaded on demand. */
export const fixersOf: Readonly<Partial<Record<LanguageId, () => SourceLanguage | Promise<SourceLanguage>>>> =
  {
    javascript: () => javascriptFixers,
    python: openPythonFixers,
    template: () => templateFixers,
  };
