import type { Fixer, Found, Proposal } from './fix.ts';

/**
 * A parsed file, with the fixers of its language. `propose` returns undefined if no fixer handles the rule of the finding.
 */
export interface OpenFile {
  readonly propose: (found: Found) => Proposal | undefined;
}

/** A language whose files can be fixed. */
export interface SourceLanguage {
  /** Undefined for a text with syntax problems. */
  readonly open: (path: string, text: string) => OpenFile | undefined;
}

/** Makes a `SourceLanguage` from a function that parses files and from the fixers for these files. */
export function sourceLanguage<File>(
  open: (path: string, text: string) => File | undefined,
  fixers: readonly Fixer<File>[],
): SourceLanguage {
  return {
    open(path, text) {
      const file = open(path, text);
      if (file === undefined) return undefined;
      return {
        propose(found) {
          const own = fixers.filter(({ rules }) => rules.includes(found.finding.rule));
          let last: Proposal | undefined;
          for (const fixer of own) {
            last = fixer.propose(found, file);
            if ('edits' in last) return last;
          }
          return last;
        },
      };
    },
  };
}
