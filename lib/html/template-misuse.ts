import type { MisuseCode } from '../refusal/codes.ts';
import { Misuse } from '../refusal/misuse.ts';

/**
 * A template is read as one string, in which each hole is a NUL: the one character that no HTML document can hold, and
 * that static text is therefore refused for.
 */
export const hole = '\0';

/** The mistake, the place in the template, and the line with a caret below it. */
export function templateMisuse(code: MisuseCode, source: string, at: number, hint?: string): Misuse {
  const lineStart = source.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = source.indexOf('\n', at);
  const line = source.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
  const row = countOf('\n', source.slice(0, lineStart)) + 1;
  const before = shown(line.slice(0, at - lineStart));
  // A minified page is one line; only what surrounds the caret helps.
  const from = Math.max(0, before.length - 60);
  const excerpt = shown(line).slice(from, from + 100);
  const where = `Line ${row}, column ${before.length + 1}:\n\n  ${excerpt}\n  ${' '.repeat(before.length - from)}^`;
  return new Misuse(code, where, hint === undefined ? {} : { hint });
}

function shown(text: string): string {
  return text.replaceAll(hole, `\${...}`).replaceAll('\t', ' ');
}

function countOf(character: string, text: string): number {
  return text.split(character).length - 1;
}
