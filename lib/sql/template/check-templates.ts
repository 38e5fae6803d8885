import type { MisuseCode } from '../../refusal/codes.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { misplacedValue } from './misplaced-value.ts';
import { readSite, refuseLostBackslash } from './sql-site.ts';

/** A template of the `sql` tag in a source file. */
export interface SourceTemplate {
  /** The texts between the placeholders, as the tag receives them: one more than there are placeholders. */
  readonly strings: readonly string[];
  /** The same texts as written in the source, with backslashes. Equal to `strings` by default. */
  readonly raw?: readonly string[];
  /** For each placeholder, whether it is known to hold a plain value, not a fragment of SQL. */
  readonly isValue?: readonly boolean[];
  readonly file?: string;
  /** The line on which the template starts, counted from 1. 1 by default. */
  readonly line?: number;
}

/** A mistake in a template. */
export interface TemplateFinding {
  readonly code: MisuseCode;
  readonly message: string;
  readonly file: string | undefined;
  /** The line in the file, counted from 1. */
  readonly line: number;
  /** What to write instead. */
  readonly fix: string;
}

/**
 * Checks templates without values, and returns the first mistake of each: whatever would be a `Misuse` at the first use, in
 * any dialect. Mistakes that only one database refuses show up when the statement is written for that database.
 *
 * @example
 * ```ts
 * import { checkTemplates } from 'bulwark/sql';
 *
 * checkTemplates([{ file: 'users.ts', line: 7, strings: ["select id from users where name = '", "'"] }]);
 * // [{ code: 'sql/hole-in-literal', file: 'users.ts', line: 7, ... }]
 * ```
 */
export function checkTemplates(templates: Iterable<SourceTemplate>): TemplateFinding[] {
  return [...templates].flatMap((template) => {
    try {
      check(template);
      return [];
    } catch (error) {
      if (!(error instanceof Misuse)) throw error;
      return [findingOf(template, error)];
    }
  });
}

function check({ strings, raw = strings, isValue = [] }: SourceTemplate): void {
  refuseLostBackslash(raw);
  const { source, first } = readSite(strings);
  first.places.forEach((place, i) => {
    if (place !== 'value' && isValue[i] === true) throw misplacedValue(source, i, place);
  });
}

function findingOf({ file, line = 1 }: SourceTemplate, { code, message, hint }: Misuse): TemplateFinding {
  const row = Number(/ Line (\d+), column \d+:/.exec(message)?.[1] ?? 1);
  return { code, message, file, line: line + row - 1, fix: hint };
}
