import type { MisuseCode } from '../refusal/codes.ts';
import { Misuse } from '../refusal/misuse.ts';
import { misplacedValue } from './misplaced-value.ts';
import { readSite, refuseLostBackslash } from './sql-site.ts';

/** A template of the `sql` tag as it stands in a source file. */
export interface SourceTemplate {
  /** The text between the holes, as the tag would be given it: one more than there are holes. */
  readonly strings: readonly string[];
  /** The same as it is written, with its backslashes. Absent: the same. */
  readonly raw?: readonly string[];
  /** For each hole, whether a plain value is known to stand in it, and not a piece of SQL. */
  readonly isValue?: readonly boolean[];
  readonly file?: string;
  /** The line on which the template starts, from 1. 1 when absent. */
  readonly line?: number;
}

/** A mistake in a template. */
export interface TemplateFinding {
  readonly code: MisuseCode;
  readonly message: string;
  readonly file: string | undefined;
  /** In the file, from 1. */
  readonly line: number;
  /** What to write instead. */
  readonly fix: string;
}

/**
 * Reads templates without values, and gives the first mistake of each: what would be a `Misuse` at the first use, in
 * every dialect. What only one database refuses shows when the statement is written for it.
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
