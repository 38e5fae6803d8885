import { javascript } from './javascript/language.ts';
import type { Language } from './language.ts';
import type { LanguageId } from './language-id.ts';
import { python } from './python/language.ts';
import { template } from './template/language.ts';

/** All languages, one line each. */
export const languages: Readonly<Record<LanguageId, Language>> = {
  javascript,
  python,
  template,
};

/** Returns the language of an id, or JavaScript if there is no id. */
export function languageById(id: LanguageId | undefined): Language {
  return id === undefined ? javascript : languages[id];
}

/** Returns the language of a module or a file, or JavaScript if there is none. */
export function languageOf(module: { readonly language: LanguageId } | undefined): Language {
  return languageById(module?.language);
}
