import type { RegexLanguage } from '../../../regex/syntax.ts';
import type { Use } from '../use.ts';

/** The language whose regular expressions the code writes; those of templates are JavaScript's. */
export function regexLanguage(use: Use): RegexLanguage {
  return use.language === 'python' ? 'python' : 'javascript';
}
