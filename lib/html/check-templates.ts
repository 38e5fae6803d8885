import type { MisuseCode } from '../refusal/codes.ts';
import { Misuse } from '../refusal/misuse.ts';
import { compileTemplate } from './template/compile-template.ts';
import { excerptOf } from './template/template-misuse.ts';

/** A template as it stands in a source file. */
export interface SourceTemplate {
  /** The text between the holes, as the tag would be given it: one more than there are holes. */
  readonly strings: readonly string[];
  readonly file?: string;
  /** The line on which the template starts, from 1. 1 when absent. */
  readonly line?: number;
}

/** A mistake in a template. */
export interface TemplateFinding {
  readonly code: MisuseCode;
  readonly message: string;
  readonly file: string | undefined;
  /** In the file, from 1, where a template's own line breaks are those of the file. */
  readonly line: number;
  /** In the line of the template, from 1; a hole counts as 6. */
  readonly column: number;
  /** The line, and below it a line with a caret. */
  readonly excerpt: string;
  /** What to write instead. */
  readonly fix: string;
}

/**
 * Compiles templates without values, and gives the first mistake of each: what would be a Misuse at the first use. A
 * hole that only some type of value may fill (a script's `src`, say) is decided on when it has one.
 *
 * @example
 * ```ts
 * import { checkTemplates } from 'bulwark/html';
 *
 * checkTemplates([{ file: 'page.ts', line: 7, strings: ['<p>\n<a href=', '>x</a>'] }]);
 * // [{ code: 'html/unquoted-attribute', file: 'page.ts', line: 8, column: 9, fix: 'Write href="${...}".', ... }]
 * ```
 */
export function checkTemplates(templates: Iterable<SourceTemplate>): TemplateFinding[] {
  const findings: TemplateFinding[] = [];
  for (const template of templates) {
    const finding = check(template);
    if (finding) findings.push(finding);
  }
  return findings;
}

function check({ strings, file, line = 1 }: SourceTemplate): TemplateFinding | undefined {
  try {
    if (strings.some((text) => text.includes('\0')))
      throw new Misuse('html/malformed-template', 'It holds a NUL.');
    compileTemplate(strings);
    return undefined;
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    const excerpt = excerptOf(error);
    return {
      code: error.code,
      message: error.message,
      file,
      line: line + (excerpt?.row ?? 1) - 1,
      column: excerpt?.column ?? 1,
      excerpt: excerpt?.text ?? '',
      fix: error.hint,
    };
  }
}
